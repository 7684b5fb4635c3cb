import { onMount } from "svelte";

/**
 * Whether a component's script is here. What the server writes has none yet: whatever is pressed or typed would be lost, so nothing can be. Make it
 * while the component is being initialised.
 */
export class Arrival {
  here = $state(false);

  constructor() {
    onMount(() => {
      this.here = true;
    });
  }
}
