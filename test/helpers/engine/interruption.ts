import { type Cloud, resourceTypeOf } from "@paddock/local/cloud";
import type { Declared, Properties } from "@paddock/local/program";

type Operation = (resource: Declared, cloud: Cloud) => Promise<Properties | undefined>;

/** Something that happens in the middle of one operation of a local cloud, the first of its kind. */
export class Interruption {
  #acted: Promise<void> | undefined;
  readonly #type: string;
  readonly #operation: "create" | "delete";
  readonly #act: () => Promise<void>;

  constructor(type: string, operation: "create" | "delete", act: () => Promise<void>) {
    this.#type = type;
    this.#operation = operation;
    this.#act = act;
  }

  /** Finds a resource type; the interrupted one waits for what happens, and goes on. */
  readonly typeOf: typeof resourceTypeOf = (type, name) => {
    const resourceType = resourceTypeOf(type, name);
    if (type !== this.#type) return resourceType;
    const original = resourceType[this.#operation] as Operation | undefined;
    const interrupted: Operation = async (resource, cloud) => {
      this.#acted ??= this.#act();
      await this.#acted;
      return original?.(resource, cloud);
    };
    return { ...resourceType, [this.#operation]: interrupted };
  };
}
