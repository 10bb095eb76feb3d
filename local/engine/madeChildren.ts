import { specialResourceSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import type { Declared } from "../resources/declared";
import type { Properties, Value } from "../resources/value";
import { UNKNOWN } from "../resources/value";
import { Promised } from "./planComponent";

/** A child as the engine made it; in a preview what is not in its outputs is unknown. */
export interface MadeChild {
  readonly urn: string;
  readonly outputs: Properties;
}

/** Children of a remote component that have been made, by their plan. */
export class MadeChildren {
  readonly #made = new Map<Value, MadeChild>();

  add(planned: Declared, made: MadeChild): void {
    this.#made.set(planned, made);
  }

  urnOf(planned: Declared): string {
    return this.#of(planned).urn;
  }

  /** The value with what was promised filled in, and references to children as they cross the wire. */
  fill(value: Value): Value {
    if (value instanceof Promised) return this.#of(value.child).outputs[value.output] ?? UNKNOWN;
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (typeof value !== "object" || value === null) return value;
    const made = this.#made.get(value);
    if (made)
      return {
        [specialSigKey]: specialResourceSig,
        urn: made.urn,
        id: made.outputs.id ?? UNKNOWN,
        packageVersion: "",
      };
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
  }

  /** URNs of the children that a value is made of. */
  urnsIn(value: Value): string[] {
    if (value instanceof Promised) return [this.urnOf(value.child)];
    if (typeof value !== "object" || value === null) return [];
    const made = this.#made.get(value);
    return made ? [made.urn] : [...new Set(Object.values(value).flatMap((item) => this.urnsIn(item)))];
  }

  #of(planned: Declared): MadeChild {
    const made = this.#made.get(planned);
    if (made === undefined) throw new Error(`${planned.type} "${planned.name}" is used before it is made`);
    return made;
  }
}
