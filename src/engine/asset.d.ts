declare module "*?url" {
  /** Address of the file in the built site. */
  const address: string;
  export default address;
}

declare module "*?worker&url" {
  /** Address of the script, bundled for a worker, in the built site. */
  const address: string;
  export default address;
}
