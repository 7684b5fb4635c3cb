/** The page's end of the service worker: registers it, tells it what to keep, and tells the reader of a new version. */
import type { Message } from "./messages.ts";
import { BUILD_META } from "./needs.ts";

/**
 * Has this page kept, so that it opens without a network, where the browser allows it. Shares no module with any demo: one that was asked for while the network
 * was away is lost for as long as the page is open, and with it whatever needs it.
 *
 * @param base the address of the site, with a slash at its end
 */
export async function keepThisPage(base: string): Promise<void> {
  const { serviceWorker } = navigator;
  try {
    await serviceWorker.register(`${base}sw.js`, { scope: base });
  } catch {
    // Refused, as in some private windows, or not to be fetched: the book is read with a network, then.
    return;
  }
  const registration = await serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  send(registration.active, { kind: "keep", page: { address: location.href, build: ownBuild(), loaded } });
  watch(registration);
}

/** Tells of a newer build as soon as it waits, and at once where it has waited before. */
function watch(registration: ServiceWorkerRegistration): void {
  const look = async (): Promise<void> => {
    const newest = registration.waiting ?? registration.active;
    if (newest && navigator.onLine && (await buildOf(newest)) !== ownBuild()) tell(registration);
  };
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed") void look();
    });
  });
  void look();
}

function ownBuild(): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${BUILD_META}"]`)?.content ?? "";
}

function buildOf(worker: ServiceWorker): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    send(worker, { kind: "build" }, [port2]);
  });
}

function send(worker: ServiceWorker | null, message: Message, ports: Transferable[] = []): void {
  worker?.postMessage(message, ports);
}

/** A note that stays until the reader has decided: nothing is reopened by itself, as something may be running. */
function tell(registration: ServiceWorkerRegistration): void {
  if (document.querySelector(".vl-update")) return;
  const note = document.createElement("div");
  note.className = "vl-update";
  note.setAttribute("role", "status");
  document.body.append(note);
  const text = document.createElement("p");
  text.textContent = "这本书有了新的版本，重新打开就是新的。";
  note.append(
    text,
    button("reopen", "重新打开", () => reopen(registration)),
    button("reopen-later", "以后再说", () => note.remove()),
  );
}

function button(action: string, text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "vl-button";
  made.dataset.action = action;
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

function reopen({ waiting }: ServiceWorkerRegistration): void {
  if (!waiting) {
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  send(waiting, { kind: "activate" });
}
