/** Forgets every file that was stored for the next visit. */
export async function emptyCaches(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
}
