/**
 * Says in a demo whose script was not fetched that it was not, with a button that tries again; so does the network when it is back. It stands in a
 * script of the page's own, as the demo itself has none yet.
 */

/** Islands without a script, each with the note that says so. */
const failed = new Map<Island, HTMLElement>();

/** What Astro calls an island; its `start` waits until it is seen, then fetches its script and lets it take over. */
interface Island extends HTMLElement {
  start(): Promise<void>;
}

/** Watches over all islands of the page, for as long as it is open. */
export function watchIslands(): void {
  document.addEventListener("astro:hydration-error", (event) => {
    if (!isIsland(event.target)) return;
    // The console has the failed requests; the reader has the note.
    event.preventDefault();
    say(event.target);
  });
  addEventListener("online", () => {
    for (const island of [...failed.keys()]) retry(island);
  });
}

function say(island: Island): void {
  const note = document.createElement("p");
  note.className = "vl-missing";
  note.setAttribute("role", "alert");
  note.dataset.result = "missing-script";
  note.append("这个演示的程序没有下载成功，现在按什么都没有用。联上网以后，");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.action = "retry-script";
  button.textContent = "再试一次";
  button.addEventListener("click", () => retry(island));
  note.append(button);
  failed.get(island)?.remove();
  failed.set(island, note);
  // Below the head of a frame, or above whatever else it is.
  const frame = island.querySelector("[data-demo]");
  if (frame) frame.insertBefore(note, frame.querySelector(":scope > .body"));
  else island.prepend(note);
}

/** The note goes first: what takes over expects to find the page as the server wrote it. */
function retry(island: Island): void {
  failed.get(island)?.remove();
  failed.delete(island);
  void island.start();
}

function isIsland(target: EventTarget | null): target is Island {
  return target instanceof HTMLElement && "start" in target;
}
