import { type ReadAttribute, readAttribute } from "./readOnnxModel";
import { NotEvaluable } from "./value";

/** A node's attributes by name, with ONNX's defaults: each is read when it is first asked for. */
export class Attributes {
  readonly #asked = new Set<string>();
  readonly #read = new Map<string, ReadAttribute>();
  readonly #all: ReadonlyMap<string, Buffer>;

  constructor(all: ReadonlyMap<string, Buffer>) {
    this.#all = all;
  }

  int(name: string, otherwise: number): number {
    return this.#get(name)?.int ?? otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.#get(name)?.float ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.#get(name)?.text ?? otherwise;
  }

  ints(name: string): readonly number[] {
    return this.#get(name)?.ints ?? [];
  }

  floats(name: string): readonly number[] {
    return this.#get(name)?.floats ?? [];
  }

  strings(name: string): readonly string[] {
    return this.#get(name)?.strings ?? [];
  }

  /** Floats, or in `<name>_as_tensor` doubles. */
  numbers(name: string): { readonly double: boolean; readonly values: ArrayLike<number> } {
    const tensor = this.#get(`${name}_as_tensor`)?.tensor;
    if (tensor === undefined) return { double: false, values: this.floats(name) };
    if (tensor.type === "float64") return { double: true, values: tensor.data };
    if (tensor.type === "float32") return { double: false, values: tensor.data };
    throw new NotEvaluable(`${name}_as_tensor of ${tensor.type}`);
  }

  /** Passes over an attribute that changes nothing. */
  ignore(name: string): void {
    this.#asked.add(name);
  }

  /** @throws NotEvaluable  The node has attributes that nothing asked for: what they change is not known. */
  requireAllAsked(op: string): void {
    for (const name of this.#all.keys()) {
      if (!this.#asked.has(name)) throw new NotEvaluable(`${op} with the attribute ${name}`);
    }
  }

  #get(name: string): ReadAttribute | undefined {
    this.#asked.add(name);
    const message = this.#all.get(name);
    if (message === undefined) return undefined;
    const attribute = this.#read.get(name) ?? readAttribute(message);
    this.#read.set(name, attribute);
    return attribute;
  }
}
