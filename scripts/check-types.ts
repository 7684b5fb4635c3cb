import { spawn } from "node:child_process";

/**
 * Checks all types, in four programs at the same time, for none of the checkers reads all: the engine without a DOM, the service worker, which has
 * none either, everything else that is TypeScript or Astro, and what is Svelte. What each has said is printed at its end; fails if one of them does.
 */

const checks = ["tsc -p src/engine", "tsc -p src/offline", "astro check --noSync", "svelte-check --fail-on-warnings"];

/** What a command prints, and whether it has succeeded. */
function run(command: string): Promise<{ readonly output: string; readonly ok: boolean }> {
  const { promise, resolve } = Promise.withResolvers<{ readonly output: string; readonly ok: boolean }>();
  const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => parts.push(part));
  child.on("close", (status) => resolve({ output: Buffer.concat(parts).toString(), ok: status === 0 }));
  return promise;
}

const results = await Promise.all(
  checks.map(async (command) => {
    const { output, ok } = await run(command);
    console.log(`── ${command}: ${ok ? "done" : "FAILED"}\n${output}`);
    return ok;
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
