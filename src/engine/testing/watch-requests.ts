import { vi } from "vitest";

/** One request of the page. */
export interface Asked {
  readonly url: URL;
  /** The part of it that is wanted. */
  readonly range: string | null;
  readonly cache: RequestCache | undefined;
}

/** What the page asks for from now on, until its mocks are restored. */
export function watchRequests(): readonly Asked[] {
  const requests: Asked[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    requests.push({ url, range: new Headers(init?.headers).get("Range"), cache: init?.cache });
    return real(input, init);
  });
  return requests;
}

/** The paths of those files among them that were asked for as a whole, or from somewhere to their end. */
export function downloadsOf(requests: readonly Asked[]): string[] {
  return requests.filter(({ range }) => !/-\d+$/.test(range ?? "")).map(({ url }) => url.pathname);
}
