import { Message } from "./protobuf.ts";

/** ONNX's numbers for element types (TensorProto.DataType). */
const ELEMENT = { FLOAT: 1, INT64: 7, FLOAT16: 10 } as const;
export type Element = keyof typeof ELEMENT;

/** Numbers of the kinds of attributes (AttributeProto.AttributeType). */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const INTS = 7;

/** An integer (bigint or list of integers), a float (number) or a word. */
export type Attribute = bigint | number | string | readonly number[];

/** A size, or the name of one that is only known when the model runs. */
export type Dimension = number | string;

export interface OperatorOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Empty: ONNX's own operators. */
  readonly domain?: string;
}

/**
 * An ONNX graph in the making. Field numbers are those of `onnx.proto3` (ONNX 1.17). Values go by name, as in the file; every method that makes one returns its name.
 */
export class Graph {
  #graph = new Message();
  #names = 0;

  input(name: string, element: Element, shape: readonly Dimension[]): string {
    this.#graph.message(11, valueInfo(name, element, shape));
    return name;
  }

  output(name: string, element: Element, shape: readonly Dimension[]): void {
    this.#graph.message(12, valueInfo(name, element, shape));
  }

  /** Numbers that are part of the file. */
  constant(element: Element, shape: readonly number[], data: Uint8Array): string {
    const name = this.#name("constant");
    const tensor = new Message();
    for (const size of shape) tensor.integer(1, size);
    this.#graph.message(5, tensor.integer(2, ELEMENT[element]).text(8, name).bytes(9, data));
    return name;
  }

  integers(...values: number[]): string {
    return this.constant("INT64", [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  /** One operator; an empty name is an input that is left out. */
  operator(type: string, inputs: readonly string[], options: OperatorOptions = {}): string {
    const output = this.#name(type);
    this.operatorTo([output], type, inputs, options);
    return output;
  }

  /** The same, under names of the caller's choice. */
  operatorTo(
    outputs: readonly string[],
    type: string,
    inputs: readonly string[],
    { attributes = {}, domain = "" }: OperatorOptions = {},
  ): void {
    const node = new Message();
    for (const input of inputs) node.text(1, input);
    for (const output of outputs) node.text(2, output);
    node.text(3, this.#name("node")).text(4, type);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.#graph.message(1, node.text(7, domain));
  }

  /** The file. @param opsets version of each domain of operators that the graph uses */
  encode(opsets: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer> {
    const model = new Message().integer(1, 10).text(2, "visible-llm bench");
    model.message(7, this.#graph.text(2, "model"));
    for (const [domain, version] of Object.entries(opsets)) {
      model.message(8, new Message().text(1, domain).integer(2, version));
    }
    return model.encode();
  }

  #name(what: string): string {
    return `${what}_${this.#names++}`;
  }
}

function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === "bigint") return message.integer(3, value).integer(20, INT);
  if (typeof value === "number") return message.float(2, value).integer(20, FLOAT);
  if (typeof value === "string") return message.text(4, value).integer(20, STRING);
  for (const integer of value) message.integer(8, integer);
  return message.integer(20, INTS);
}

function valueInfo(name: string, element: Element, shape: readonly Dimension[]): Message {
  const dimensions = new Message();
  for (const size of shape) {
    const dimension = new Message();
    dimensions.message(1, typeof size === "number" ? dimension.integer(1, size) : dimension.text(2, size));
  }
  const tensor = new Message().integer(1, ELEMENT[element]).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
