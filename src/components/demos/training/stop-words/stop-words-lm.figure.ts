import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, settingsOf, WRITTEN } from "../units/units.ts";
import { stoppedShare } from "./stop-words.ts";

/** A language model of characters, and what it has read. */
interface Row {
  readonly read: string;
  /** Share of the unread text's characters that it never reads. */
  readonly unsayable: number;
  /** Of what is left. */
  readonly bitsPerCharacter: number;
  readonly written: string;
}

export const models = await recordedFigure("stop-words-lm", {
  models: {},
  work: async ({ engine }): Promise<readonly Row[]> => {
    const settings = initial(fields);
    const rows: Row[] = [];
    for (const without of [false, true]) {
      const run = await engine.experiment(
        "token-units",
        settingsOf("characters", { ...settings, without }),
        settings.seed,
      );
      try {
        await run.start();
        if (run.error) throw run.error;
        rows.push({
          read: without ? "去掉停用词" : "原来的文字",
          unsayable: without ? stoppedShare(settingsOf("characters", settings).unread) : 0,
          bitsPerCharacter: run.records.at(-1)!.bitsPerCharacter,
          written: await run.ask({ prompt: settings.prompt, length: WRITTEN, seed: settings.seed }),
        });
      } finally {
        await run.stop();
      }
    }
    return rows;
  },
  table: (rows) =>
    csvOf<Row>(
      [
        { head: "语言模型读的", cell: ({ read }) => read },
        { head: "训练时再也读不到的字", cell: ({ unsayable }) => unsayable },
        { head: "剩下的字，每个几比特", cell: ({ bitsPerCharacter }) => bitsPerCharacter },
        { head: "接着写", cell: ({ written }) => written },
      ],
      rows,
    ),
});
