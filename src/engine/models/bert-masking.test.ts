import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { chooseTokens, FATES, seenIds } from "./bert-masking.ts";

const ids = [2, ...Array.from({ length: 40 }, (_, i) => 100 + i), 3];
const places = Array.from({ length: 40 }, (_, i) => i + 1);
const settings = { share: 0.15, maskId: 4, substitutes: [500, 501, 502] };

test("chooses a fixed number of places, each once, and never [CLS] or [SEP]", () => {
  const random = new Random(1);
  for (let round = 0; round < 50; round++) {
    const chosen = chooseTokens(ids, places, settings, random);
    expect(chosen).toHaveLength(6);
    expect(new Set(chosen.map(({ place }) => place)).size).toBe(6);
    expect(chosen.every(({ place, original }) => places.includes(place) && original === ids[place])).toBe(true);
    expect(chosen.map(({ place }) => place)).toEqual(chosen.map(({ place }) => place).sort((a, b) => a - b));
  }
});

test("80 % are masked, 10 % swapped, 10 % kept, and the model sees just that", () => {
  const random = new Random(7);
  const all = Array.from({ length: 1000 }, () => chooseTokens(ids, places, settings, random)).flat();
  const shares = FATES.map((fate) => all.filter((token) => token.fate === fate).length / all.length);
  // Six thousand draws: the standard error of the first share is half a per cent.
  expect(Math.abs(shares[0]! - 0.8)).toBeLessThan(0.02);
  expect(Math.abs(shares[1]! - 0.1)).toBeLessThan(0.02);
  expect(Math.abs(shares[2]! - 0.1)).toBeLessThan(0.02);
  for (const { fate, seen, original } of all) {
    if (fate === "masked") expect(seen).toBe(4);
    else if (fate === "kept") expect(seen).toBe(original);
    else expect(settings.substitutes).toContain(seen);
  }
});

test("leaves everything else as it was; at least one token is chosen, at most all", () => {
  const chosen = chooseTokens(ids, places, settings, new Random(3));
  const seen = seenIds(ids, chosen);
  for (const [place, id] of seen.entries()) {
    expect(id).toBe(chosen.find((token) => token.place === place)?.seen ?? ids[place]);
  }
  expect(chooseTokens(ids, [1, 2], settings, new Random(1))).toHaveLength(1);
  expect(chooseTokens(ids, places, { ...settings, share: 2 }, new Random(1))).toHaveLength(40);
  expect(chooseTokens(ids, [], settings, new Random(1))).toEqual([]);
});

test("the same seed chooses the same", () => {
  const [one, same, other] = [5, 5, 6].map((seed) => chooseTokens(ids, places, settings, new Random(seed)));
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
});
