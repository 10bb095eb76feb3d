import type { Declared } from "../resources/declared";
import type { Standing } from "./journal";

/** A resource as its type takes it; who refers to whom the engine alone knows. */
export function declaredOf({ urn, type, name, inputs, outputs }: Standing): Declared {
  return { urn, type, name, inputs, outputs, custom: true, dependencies: [], propertyDependencies: {} };
}
