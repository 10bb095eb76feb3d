import { BrokenModel } from "../modelStore/brokenModel";

/** Values in a model file, as its parser produces them. */
type Value = unknown;

/** A list of numbers: a plain one, or a typed one of UBJSON. */
export type Numbers = ArrayLike<number>;

/** An object of a model file, whose members are read by name and checked. */
export class Fields {
  readonly #object: Readonly<Record<string, Value>>;
  readonly #path: string;

  private constructor(object: Readonly<Record<string, Value>>, path: string) {
    this.#object = object;
    this.#path = path;
  }

  /** @throws BrokenModel  It is not an object. */
  static of(value: Value, path: string): Fields {
    if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
      throw new BrokenModel(`\`${path}\` is missing from the model, or is not an object`);
    }
    return new Fields(value as Record<string, Value>, path);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  child(name: string): Fields {
    return Fields.of(this.#member(name), this.#at(name));
  }

  children(name: string): Fields[] {
    const value = this.#member(name);
    if (!Array.isArray(value)) throw this.#wrong(name, "a list");
    return value.map((each, i) => Fields.of(each, `${this.#at(name)}[${i}]`));
  }

  text(name: string, otherwise?: string): string {
    const value = this.#member(name) ?? otherwise;
    if (typeof value !== "string") throw this.#wrong(name, "a text");
    return value;
  }

  /** Reads a number, or a string of one: XGBoost writes parameters as strings. */
  number(name: string, otherwise?: number): number {
    const value = this.#member(name) ?? otherwise;
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) throw this.#wrong(name, "a number");
    return number;
  }

  /** Reads a size or an index. */
  count(name: string, otherwise?: number): number {
    const value = this.number(name, otherwise);
    if (!Number.isSafeInteger(value) || value < 0) throw this.#wrong(name, "a whole number from 0");
    return value;
  }

  /** @param length  Required length of the list. */
  numbers(name: string, length?: number): Numbers {
    const value = this.#member(name);
    const numbers = Array.isArray(value) ? value.map((each) => this.#element(name, each)) : value;
    if (!Array.isArray(numbers) && !ArrayBuffer.isView(numbers)) throw this.#wrong(name, "a list of numbers");
    const list = numbers as unknown as Numbers;
    if (length !== undefined && list.length !== length) {
      throw new BrokenModel(`\`${this.#at(name)}\` has ${list.length} elements, not ${length}`);
    }
    return list;
  }

  #element(name: string, value: Value): number {
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return value ? 1 : 0;
    throw this.#wrong(name, "a list of numbers");
  }

  #member(name: string): Value {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  #at(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  #wrong(name: string, what: string): BrokenModel {
    return new BrokenModel(`\`${this.#at(name)}\` is missing from the model, or is not ${what}`);
  }
}
