import { expect, test } from "vitest";
import { IDS, STATIONS, stationOf } from "./stations.ts";
import { type Place, placeAfter, placeOf, sceneAfter } from "./way.ts";

const BLOCKS = { first: 1, last: 3 };

function wayFrom(place: Place, step: (place: Place) => Place | undefined): Place[] {
  const way = [place];
  for (let next = step(place); next; next = step(next)) way.push(next);
  return way;
}

test("the way leads through every station once, through those of a block once in each", () => {
  const way = wayFrom({ station: "tokens", layer: 3 }, (place) => placeAfter(place, BLOCKS, 1));
  const inBlock = IDS.slice(IDS.indexOf("ln1"), IDS.indexOf("post") + 1);
  const inside = way.filter(({ station }) => inBlock.includes(station));
  expect(inside).toEqual([1, 2, 3].flatMap((layer) => inBlock.map((station) => ({ station, layer }))));
  expect(way.filter((place) => !inside.includes(place)).map(({ station }) => station)).toEqual(
    IDS.filter((id) => !inBlock.includes(id)),
  );
});

test("the way back is the way, turned round", () => {
  const there = wayFrom({ station: "tokens", layer: 1 }, (place) => placeAfter(place, BLOCKS, 1));
  const back = wayFrom(there.at(-1)!, (place) => placeAfter(place, BLOCKS, -1));
  expect(back.map(({ station }) => station).reverse()).toEqual(there.map(({ station }) => station));
});

test("a reading of one block has a way through that block alone", () => {
  const way = wayFrom({ station: "tokens", layer: 6 }, (place) => placeAfter(place, { first: 6, last: 6 }, 1));
  expect(way.map(({ station }) => station)).toEqual(IDS);
  expect(new Set(way.map(({ layer }) => layer))).toEqual(new Set([6]));
});

test("a film shows the first and the last block whole, and of those between what they change", () => {
  const film = wayFrom({ station: "tokens", layer: 1 }, (place) => sceneAfter(place, BLOCKS));
  const of = (own: number) => film.filter(({ station, layer }) => layer === own && station !== "tokens");
  expect(of(2).map(({ station }) => station)).toEqual(["pattern", "post"]);
  expect(film.at(-1)?.station).toBe("next");
  expect(of(1).map(({ station }) => station)).toContain("gelu");
});

test("every station is made of stations before it, or of weights", () => {
  for (const { id, from } of STATIONS) {
    for (const source of stationOf(id).from) {
      const there = placeOf(source, 2);
      if (source.station === undefined) continue;
      expect(there, id).toBeDefined();
      if (there!.layer === 2) expect(IDS.indexOf(there!.station), id).toBeLessThan(IDS.indexOf(id));
      // The stream comes into a block from the one below.
      else expect(there).toEqual({ station: "post", layer: 1 });
    }
    expect(id === "tokens" ? 1 : from.length, id).toBeGreaterThan(0);
  }
  expect(placeOf({ station: "stream" }, 1)).toEqual({ station: "input", layer: 1 });
});
