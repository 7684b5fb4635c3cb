import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { EngineError } from "../errors.ts";
import { JsonObject } from "../files/json.ts";
import { parseT5Config } from "../files/t5-config.ts";
import { withRoomFor } from "../testing/limited-backend.ts";
import { type ModelFixture, openModelFixture } from "../testing/model-fixture.ts";
import { SurvivingTree } from "./resilient-tree.ts";
import { T5 } from "./t5.ts";
import { T5Tree } from "./t5-tree.ts";

const SOURCE = [5, 9, 3, 1];

let backend: Backend;
let fixture: ModelFixture;

beforeAll(async () => {
  backend = await createCpuBackend();
  fixture = await openModelFixture("t5");
});
afterAll(() => backend.dispose());

const open = (on: Backend) => T5.open(on, parseT5Config(new JsonObject(fixture.config, "fixture")), fixture.weights);

test("a text goes on where it was when the device is lost in its midst", async () => {
  let reads = 3;
  const dying = new Proxy(backend, {
    get(target, key) {
      if (key === "read" && reads-- <= 0) return () => Promise.reject(new EngineError("device-lost"));
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const models = [open(dying), open(backend)] as const;
  let lost = 0;
  const tree = new SurvivingTree(
    () => new T5Tree(models[lost === 0 ? 0 : 1], SOURCE),
    async () => void lost++,
    () => {},
  );
  const sound = new T5Tree(models[1], SOURCE);
  for (const own of [tree, sound]) {
    const first = await own.append(null, [0, 7]);
    await own.extend([first.node, first.node], [3, 4]);
    await own.extend([2, 3], [5, 6]);
  }
  const [after, expected] = [await tree.extend([5, 4], [8, 9]), await sound.extend([5, 4], [8, 9])];
  expect(lost).toBe(1);
  expect(after).toEqual(expected);
  for (const own of [tree, sound, ...models]) own.dispose();
});

test("where memory ends while a source is read or a token written, nothing of it stays", async () => {
  const before = { ...backend.memory };
  const weights = open(backend);
  const own = [...weights.parameters].length;
  weights.dispose();
  const outcomes: string[] = [];
  for (let room = own; outcomes.at(-1) !== "written"; room += 5) {
    const model = open(withRoomFor(backend, room));
    try {
      const tree = new T5Tree(model, SOURCE);
      try {
        await tree.append(null, [0]);
        outcomes.push("written");
      } finally {
        tree.dispose();
      }
    } catch (error) {
      expect(error).toMatchObject({ code: "out-of-memory" });
      outcomes.push("refused");
    } finally {
      model.dispose();
    }
    expect({ ...backend.memory }).toEqual(before);
  }
  expect(outcomes.length).toBeGreaterThan(10);
});
