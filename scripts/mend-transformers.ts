import type { Plugin } from "vite";

const CHAINS = /(webInitChain|webInferenceChain)\.then\((\w+)\)/g;

/**
 * Transformers.js lets every session, and every run of one, wait for the one before it, and none is tried any more once one has failed: after a file
 * that is no model, or a text that is too long for one, nothing works until the page is loaded anew. Mended, the next is tried in any case.
 */
export function mendTransformers(): Plugin {
  return {
    name: "mend-transformers",
    transform: {
      filter: { id: /\/transformers\.web\.js$/ },
      handler(code) {
        if (code.match(CHAINS)?.length !== 2)
          throw new Error("Transformers.js is another one: does it still need this?");
        return { code: code.replace(CHAINS, "$1.then($2, $2)"), map: null };
      },
    },
  };
}
