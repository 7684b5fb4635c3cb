/** A page as the reader has it open. */
export interface OpenPage {
  readonly address: string;
  /** Of which build it is, as `BUILD_META` has it. */
  readonly build: string;
  /** Addresses of what it has loaded: of fonts, for one, nobody knows beforehand which a page takes. */
  readonly loaded: readonly string[];
}

/** What a page says to the service worker. */
export type Message =
  /** Keep this page, what it needs, and what it has loaded: the reader may come back without a network. */
  | { readonly kind: "keep"; readonly page: OpenPage }
  /** Say through the port that comes along of which build you are. */
  | { readonly kind: "build" }
  /** Take over from the worker of an earlier build. */
  | { readonly kind: "activate" };
