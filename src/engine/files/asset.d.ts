declare module "*.wasm?url" {
  /** Address of the file in the built site. */
  const address: string;
  export default address;
}
