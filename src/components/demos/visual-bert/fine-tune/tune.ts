import { CharacterModel } from "../../../../engine/analysis/character-model.ts";
import type { FineTuneSettings } from "../../../../engine/experiments/fine-tune-settings.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { constantAccuracy, disagreements, type Tuned } from "./outcome.ts";

/** Fine-tunes to the end, beside the linear model. @param text a sentence that both are asked about */
export async function tune(
  { engine }: WorkContext,
  settings: FineTuneSettings,
  seed: number,
  text: string,
): Promise<Tuned> {
  const { classes, training, validation, epochs } = settings;
  const linear = new CharacterModel(training, classes.length);
  const run = await engine.experiment("fine-tune", settings, seed);
  try {
    await run.start();
    const verdicts = await run.ask({ texts: validation.map((one) => one.text) });
    const [verdict] = await run.ask({ texts: [text] });
    const [characters] = linear.probabilities([text]);
    return {
      records: run.records,
      epochs,
      classes,
      training: training.length,
      validation: validation.length,
      constant: constantAccuracy(settings),
      characters: linear.accuracy(validation),
      parted: disagreements(settings, verdicts, linear),
      asked: { ...verdict!, text, characters: Float32Array.from(characters!) },
    };
  } finally {
    await run.stop();
  }
}
