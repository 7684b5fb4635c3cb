/**
 * The part of Protocol Buffers' wire format that an ONNX file needs, written only: varints (type 0), 32-bit numbers (type 5) and
 * length-delimited fields (type 2). A message is a list of chunks, so that weights are copied once, at the end.
 */
export class Message {
  #chunks: Uint8Array[] = [];

  integer(field: number, value: number | bigint): this {
    return this.#key(field, 0).#varint(BigInt(value));
  }

  float(field: number, value: number): this {
    this.#key(field, 5);
    this.#chunks.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#key(field, 2).#varint(BigInt(value.length));
    this.#chunks.push(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.encode());
  }

  encode(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  #key(field: number, type: number): this {
    return this.#varint(BigInt((field << 3) | type));
  }

  /** Seven bits to a byte, the lowest first; negative numbers as 64-bit two's complement. */
  #varint(value: bigint): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, value);
    do {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      bytes.push(rest > 0n ? low | 0x80 : low);
    } while (rest > 0n);
    this.#chunks.push(Uint8Array.from(bytes));
    return this;
  }
}
