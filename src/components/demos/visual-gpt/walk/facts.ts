import { indexOfLargest, maxOf, norm } from "../../../../engine/statistics.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import type { WalkReading } from "./reading.ts";
import type { StationId } from "./stations.ts";
import { type Numbers, numbersOf } from "./views.ts";
import type { Place } from "./way.ts";

/** How many numbers of a row of the hidden layer count as alight: activations leave of negative ones next to nothing. */
const ALIGHT = 0.2;

/**
 * What is to be seen at a place of the reader's own sentence, in a sentence; undefined where there is nothing to say, or the reading lacks whole rows.
 *
 * @param head counted from 1
 * @param token whose row is looked at, counted from 0
 */
export function factOf(reading: WalkReading, place: Place, head: number, token: number): string | undefined {
  const at = (station: StationId): Numbers | undefined => numbersOf(reading, { ...place, station }, head);
  const name = (i: number): string => `「${visibleToken(reading.tokens[i] ?? "")}」`;
  const own = at(place.station);
  const row = own && rowOf(own, token);
  switch (place.station) {
    case "embed":
      return row && own && twins(reading, own, token);
    case "mask":
      return `${name(token)}看得到 ${token + 1} 个词元，挡住了 ${reading.ids.length - token - 1} 个。`;
    case "pattern": {
      if (!row) return undefined;
      const most = indexOfLargest(row);
      return `${name(token)}在这个头里看得最多的是第 ${most + 1} 个词元${name(most)}，${formatPercent(row[most]!)}。`;
    }
    case "input":
      return lengths(reading, at("embed"), "词元嵌入", at("pos"), "位置嵌入", token);
    case "mid":
      return lengths(reading, streamOf(reading, place.layer), "进来的残差流", at("project"), "注意力加上的", token);
    case "post":
      return lengths(reading, at("mid"), "原来的残差流", at("contract"), "前馈网络加上的", token);
    case "gelu": {
      if (!row || row.length < reading.sizes.innerWidth) return undefined;
      const alight = row.filter((value) => value > ALIGHT).length;
      const brightest = indexOfLargest(row);
      return `${name(token)}这一行的 ${row.length} 格里，大于 ${ALIGHT} 的有 ${alight} 格，最大的是第 ${brightest + 1} 格，${formatNumber(maxOf(row), 2)}。`;
    }
    default:
      return undefined;
  }
}

const rowOf = ({ data, columns }: Numbers, row: number): Float32Array =>
  data.subarray(row * columns, (row + 1) * columns);

/** The residual stream as it comes into a layer. */
export function streamOf({ traces }: Pick<WalkReading, "traces">, layer: number): Numbers | undefined {
  const tensor = traces.get(`blocks.${layer - 1}.resid_pre`);
  if (!tensor) return undefined;
  const [rows = 0, columns = 0] = tensor.shape;
  return { rows, columns, data: tensor.data };
}

/** Where else the same token stands, and how far its row differs there. */
function twins({ ids, tokens }: WalkReading, own: Numbers, token: number): string | undefined {
  const others = [...ids.keys()].filter((place) => place !== token && ids[place] === ids[token]);
  if (others.length === 0) return undefined;
  const row = rowOf(own, token);
  const apart = maxOf(others.map((place) => maxOf(rowOf(own, place).map((value, i) => Math.abs(value - row[i]!)))));
  const where = others.map((place) => place + 1).join("、");
  return `「${visibleToken(tokens[token] ?? "")}」在第 ${where} 个位置也有，两行相差最多 ${formatNumber(apart)}。`;
}

/** How long two rows are that are added. */
function lengths(
  { sizes }: WalkReading,
  first: Numbers | undefined,
  firstName: string,
  second: Numbers | undefined,
  secondName: string,
  token: number,
): string | undefined {
  if (!first || !second || first.columns < sizes.width) return undefined;
  const [a, b] = [first, second].map((numbers) => formatNumber(norm(rowOf(numbers, token)), 2));
  return `这一行的长度，${firstName}是 ${a}，${secondName}是 ${b}。`;
}
