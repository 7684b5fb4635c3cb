import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Driver, NotInstalled } from "./driver.ts";
import { smoke } from "./smoke.ts";

/** `npm run smoke:firefox`: an installed Firefox, driven by WebDriver BiDi, which it speaks itself. */

/** A new profile that asks nobody for updates. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "intl.accept_languages": "zh-CN",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "remote.active-protocols": 1,
  "services.settings.server": "data:,",
};

await smoke(async (): Promise<Driver> => {
  const binary = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));
  if (!binary) throw new NotInstalled("There is no Firefox: on Debian, apt-get install firefox-esr");
  const profile = mkdtempSync(join(tmpdir(), "smoke-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const options = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"];
  const firefox = spawn(binary, options, { stdio: ["ignore", "ignore", "pipe"] });
  process.on("exit", () => {
    firefox.kill("SIGKILL");
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const { send, close } = await connect(`${await addressIn(firefox.stderr)}/session`);
  const { capabilities } = await send("session.new", { capabilities: {} });
  // In the tab that is there at the start the address bar has the focus.
  const { context } = await send("browsingContext.create", { type: "tab" });
  return {
    browser: `Firefox ${capabilities.browserVersion}`,
    async open(url, width) {
      await send("browsingContext.setViewport", { context, viewport: { width, height: 900 } });
      await send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    async run(work, ...values) {
      const expression = `(async () => JSON.stringify(await (${work})(...${JSON.stringify(values)})))()`;
      const answer = await send("script.evaluate", { expression, target: { context }, awaitPromise: true });
      if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
      return JSON.parse(answer.result.value);
    },
    async close() {
      await send("browser.close", {});
      close();
    },
  };
});

/** The address that Firefox prints. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface(output)) {
    said.push(line);
    const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
    if (found) return found;
  }
  throw new Error(`Firefox did not start:\n${said.join("\n")}`);
}

/** What this script reads of Firefox' answers. */
interface Answer {
  readonly capabilities: { readonly browserVersion: string };
  readonly context: string;
  readonly type: "success" | "exception";
  readonly result: { readonly value: string };
  readonly exceptionDetails: { readonly text: string };
}

async function connect(address: string) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  socket.addEventListener("message", ({ data }) => {
    const { id, type, result, message } = JSON.parse(data);
    const asked = waiting.get(id);
    if (type === "error") asked?.reject(new Error(message));
    else asked?.resolve(result);
  });
  return {
    send(method: string, params: object): Promise<Answer> {
      const id = waiting.size + 1;
      const answer = Promise.withResolvers<Answer>();
      waiting.set(id, answer);
      socket.send(JSON.stringify({ id, method, params }));
      return answer.promise;
    },
    close: () => socket.close(),
  };
}
