import type { Backend } from "../backends/backend.ts";

/**
 * Lends one backend to every test of a page, for to compile all kernels takes a software adapter seconds. `dispose` gives it back, and fails if
 * something was left in its memory: what one test leaves must not reach another. It is lent no more then.
 *
 * @param create makes the backend, when it is first asked for
 */
export function shareBackend(create: () => Promise<Backend>): () => Promise<Backend> {
  let lent: Promise<Backend> | undefined;
  return () => {
    lent ??= create().then((backend) => {
      const end = backend.dispose.bind(backend);
      backend.dispose = () => {
        const { storages } = backend.memory;
        if (storages === 0) return;
        lent = undefined;
        end();
        throw new Error(`${storages} storages were left in the memory of a backend that others use, too.`);
      };
      return backend;
    });
    return lent;
  };
}
