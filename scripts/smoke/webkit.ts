import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Driver, NotInstalled } from "./driver.ts";
import { framed } from "./site.ts";
import { smoke } from "./smoke.ts";

/** `npm run smoke:webkit`: WebKitGTK's own small browser under a screen that nobody sees, driven by its WebDriver. */

/** Below it the window is no window of MiniBrowser any more, and pages are shown in a frame. */
const LEAST_WIDTH = 450;

await smoke(async (): Promise<Driver> => {
  const [binary] = globSync("/usr/lib/*/webkit2gtk-4.*/MiniBrowser");
  const programs = ["/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb", "/usr/bin/xvfb-run", "/usr/bin/xauth"];
  if (!binary || !programs.every((path) => existsSync(path))) {
    const packages = "webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb xauth";
    throw new NotInstalled(`There is no WebKitGTK: on Debian, apt-get install ${packages}`);
  }
  const port = await freePort();
  const screen = ["-a", "-s", "-screen 0 1600x1200x24"];
  const driver = spawn("xvfb-run", [...screen, "WebKitWebDriver", `--port=${port}`], {
    stdio: "ignore",
    // A group of its own, which ends together.
    detached: true,
    env: { ...process.env, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" },
  });
  const end = (): void => {
    if (driver.pid !== undefined && driver.exitCode === null && driver.signalCode === null) process.kill(-driver.pid);
  };
  process.on("exit", end);
  const root = `http://127.0.0.1:${port}`;
  await answering(`${root}/status`);

  const { sessionId, capabilities } = await post(`${root}/session`, {
    capabilities: {
      alwaysMatch: {
        browserName: "MiniBrowser",
        "webkitgtk:browserOptions": { binary, args: ["--automation"] },
      },
    },
  });
  const session = `${root}/session/${sessionId}`;
  await post(`${session}/timeouts`, { script: 300_000, pageLoad: 120_000 });
  return {
    browser: `WebKitGTK's ${capabilities.browserName} ${capabilities.browserVersion}`,
    async open(address, width) {
      const narrow = width < LEAST_WIDTH;
      await post(`${session}/window/rect`, { width: Math.max(width, LEAST_WIDTH), height: 900 });
      await post(`${session}/url`, { url: narrow ? framed(address, width) : address });
      if (narrow) await post(`${session}/frame`, { id: 0 });
    },
    async run(work, ...values) {
      const script = `const [json, done] = arguments;
        (async () => (${work})(...JSON.parse(json)))().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await post(`${session}/execute/async`, { script, args: [JSON.stringify(values)] });
      if (error !== undefined) throw new Error(error);
      return value;
    },
    async close() {
      await fetch(session, { method: "DELETE" });
      end();
    },
  };
});

/** One command of WebDriver. */
async function post(address: string, body: object) {
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Ends when a server that has just been started answers. */
async function answering(address: string): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await fetch(address).catch(() => undefined)) return;
    await sleep(250);
  }
  throw new Error("WebKitWebDriver did not start within 30 seconds");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
