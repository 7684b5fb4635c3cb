import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { roundedWeights } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { type Film, film, MODEL } from "./film.ts";

export const reel = await buildFigure({
  models: { model: MODEL },
  work: async function* (context): AsyncGenerator<Film> {
    for await (const now of film(context, initial(fields))) {
      const shots = now.shots.map((shot) => ({
        ...shot,
        attention: roundedWeights({ shape: [shot.attention.length], data: shot.attention }).data,
      }));
      yield { ...now, shots };
    }
  },
});
