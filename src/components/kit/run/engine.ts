import type { EngineStatus } from "../../../engine/active-backend.ts";
import type { BackendKind } from "../../../engine/backends/backend.ts";
import { EngineClient } from "../../../engine/client.ts";
import { withBase } from "../../../site.ts";
import type { EngineLabel } from "../frame/types.ts";

let engine: EngineClient | undefined;

/** The page's one engine, shared by all demos on it. Nothing starts or is fetched until a demo calls it. */
export function getEngine(): EngineClient {
  engine ??= new EngineClient(new URL(withBase("/models/"), location.href).href, forcedBackend());
  return engine;
}

/** `?backend=cpu` or `?backend=webgpu` in the address. */
function forcedBackend(): BackendKind | undefined {
  const asked = new URLSearchParams(location.search).get("backend");
  return asked === "cpu" || asked === "webgpu" ? asked : undefined;
}

/** The status as the demo frame shows it. */
export function describeEngine({ kind, device, reason }: EngineStatus): EngineLabel {
  return { label: `${kind === "webgpu" ? "WebGPU" : "CPU"} · ${device}`, reason };
}
