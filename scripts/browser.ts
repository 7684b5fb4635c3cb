import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LaunchOptions } from "@playwright/test";
import { inflate } from "@sparticuz/chromium";

/**
 * The browser of the tests: a headless Chromium that npm itself brings, with a software WebGPU adapter
 * (SwiftShader). On systems for which that package has no build, an installed Chrome takes its place.
 */

const packageRoot = dirname(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))));
const home = fileURLToPath(new URL("../node_modules/.cache/chromium/", import.meta.url));

const webgpuFlags = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  // A processor that plays a graphics card spends a third of its time on what kernels do not count on: bounds that no index leaves, and shared memory that is zero.
  "--enable-dawn-features=disable_robustness,disable_workgroup_init",
];

/** Launch options for Playwright; the first call unpacks the browser (some 200 MB, a few seconds). */
export async function browserLaunchOptions(): Promise<LaunchOptions> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { channel: "chrome", args: webgpuFlags };
  }
  if (!existsSync(home)) await unpack();
  return {
    executablePath: join(home, "chromium"),
    // The sandbox needs privileges that containers lack; /dev/shm is too small in many of them.
    args: [...webgpuFlags, "--no-sandbox", "--disable-dev-shm-usage"],
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: [join(home, "al2023", "lib"), home].join(":"),
      VK_ICD_FILENAMES: join(home, "vk_swiftshader_icd.json"),
      FONTCONFIG_FILE: join(home, "fonts.conf"),
    },
  };
}

/** Unpacks all parts beside each other, then moves them into place at once: no run ever sees half a browser. */
async function unpack(): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(join(dirname(home), "chromium-"));
  const parts = ["al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br", "chromium.br"];
  const systemTemporary = tmpdir();
  try {
    // inflate() has no argument for the place: it writes to os.tmpdir().
    process.env.TMPDIR = staging;
    await Promise.all(parts.map((part) => inflate(join(packageRoot, "bin", part))));
  } finally {
    process.env.TMPDIR = systemTemporary;
  }
  await writeFile(join(staging, "fonts.conf"), fontConfiguration);
  try {
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true });
    // Another process was faster: its copy is as good as ours.
    if (!existsSync(home)) throw error;
  }
}

/** The system's fonts, if it has any (Chinese glyphs come from there), and one Latin font that is always there. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(home, "fonts")}</dir>
  <cachedir>${join(home, "fonts-cache")}</cachedir>
</fontconfig>
`;

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
