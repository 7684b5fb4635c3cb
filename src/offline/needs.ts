/**
 * What the pages of one build need of its folder `_astro`, whose files bear a hash of their contents in their names. The build writes it
 * (`scripts/offline`) and the service worker reads it: a page alone does not say which scripts its demos will ask for.
 */
export interface Needs {
  /** Names of files. Those that a page is to have before anybody asks for them come first. */
  readonly files: readonly string[];
  /** How many of `files` those are. */
  readonly ahead: number;
  /** By a page's path below the root of the site, such as `gpt-bert/decoding/`: its files, as places in `files`. */
  readonly pages: Readonly<Record<string, readonly number[]>>;
}

/** Name of the element of a page's head that says of which build it is. */
export const BUILD_META = "vl-build";

/** Where the needs of a build are, below the root of the site. @param build as `BUILD_META` has it */
export function needsFile(build: string): string {
  return `_astro/needs.${build}.json`;
}

/** The build whose needs an address is of; undefined for any other address. */
export function buildOfNeeds(address: string): string | undefined {
  return /\/_astro\/needs\.([\w-]+)\.json$/.exec(address)?.[1];
}

/** All files that a page may ask for, below the root of the site; none for a page that the build does not have. */
export function filesOf(needs: Needs, page: string): string[] {
  return at(needs, needs.pages[page] ?? []);
}

/** Those of them that it is to have before anybody asks. */
export function aheadOf(needs: Needs, page: string): string[] {
  return at(
    needs,
    (needs.pages[page] ?? []).filter((place) => place < needs.ahead),
  );
}

function at({ files }: Needs, places: readonly number[]): string[] {
  return places.map((place) => `_astro/${files[place]}`);
}
