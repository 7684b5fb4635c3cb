/** Attributes that hold coordinates. */
const COORDINATES = /(\s(?:d|x|y|x1|x2|y1|y2|cx|cy|width|height|transform|stroke-width)=")([^"]*)"/g;
const LINES = /^(?:[ML]-?[\d.]+,-?[\d.]+|Z)+$/;

/** Tenths of a pixel: less nobody sees. */
const tenths = (value: number): number => Math.round(10 * value);
/** As short as a path allows: `.5`, `-3`. */
const printed = (inTenths: number): string => String(inTenths / 10).replace(/^(-?)0\./, "$1.");

/** The markup of a drawing with coordinates to a tenth of a pixel, and lines that say how far each point is from the one before: about half of it. */
export function shortSvg(markup: string): string {
  return markup.replace(COORDINATES, (_, name: string, value: string) => {
    const short = LINES.test(value)
      ? relative(value)
      : value.replace(/-?\d+\.\d+/g, (number) => printed(tenths(Number(number))));
    return `${name}${short}"`;
  });
}

/** A path of straight lines; where it has been is counted in what was printed, so that nothing adds up. */
function relative(path: string): string {
  let [x, y] = [0, 0];
  let start: readonly [number, number] = [0, 0];
  return path.replace(/([MLZ])([^MLZ]*)/g, (_, command: string, point: string) => {
    if (command === "Z") {
      [x, y] = start;
      return "z";
    }
    const [toX = 0, toY = 0] = point.split(",").map((number) => tenths(Number(number)));
    const [right, down] = [printed(toX - x), printed(toY - y)];
    [x, y] = [toX, toY];
    if (command === "M") start = [x, y];
    return `${command.toLowerCase()}${right}${down.startsWith("-") ? "" : ","}${down}`;
  });
}
