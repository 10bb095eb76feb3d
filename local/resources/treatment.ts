import type { ArchiveValue, AssetValue, Properties } from "./value";

/**
 * The local cloud's treatment of one property of a resource:
 * - `served`: what AWS does; `required`: likewise, and AWS rejects a resource without it
 * - `inert`: nothing, since it makes no difference on one machine, for the reason given
 * - `rejected`: rejects a resource that has it, for the reason given
 */
export interface Treatment<Kind extends TreatmentKind = TreatmentKind> {
  readonly kind: Kind;
  readonly reason?: string;
}

export type TreatmentKind = "served" | "required" | "inert" | "refused";

export const served: Treatment<"served"> = { kind: "served" };
export const required: Treatment<"required"> = { kind: "required" };
export const inert = (reason: string): Treatment<"inert"> => ({ kind: "inert", reason });
export const refused = (reason: string): Treatment<"refused"> => ({ kind: "refused", reason });

/** `tags` of a type whose tags nothing here reads. */
export const inertTags = inert("nothing here is billed, found or allowed by tags");

/** How each property of a resource, or of an object in it, is treated. */
export interface Treatments {
  readonly [property: string]: PropertyTreatment;
}

export type PropertyTreatment = Treatment | NestedTreatment;

/** An object, or a list of objects, by its own properties. */
interface NestedTreatment {
  readonly kind: "nested";
  readonly properties: Treatments;
  readonly isRequired: boolean;
}

/** A {@link NestedTreatment} for an object of type `T`. */
export interface Nested<T extends Treatments, IsRequired extends boolean> extends NestedTreatment {
  readonly properties: T;
  readonly isRequired: IsRequired;
  /** Never set: it lets the compiler see a property too many. */
  readonly names?: keyof T;
}

export const nested = <T extends Treatments>(properties: T): Nested<T, false> => ({
  kind: "nested",
  properties,
  isRequired: false,
});
/** An object that AWS rejects a resource without. */
export const requiredNested = <T extends Treatments>(properties: T): Nested<T, true> => ({
  kind: "nested",
  properties,
  isRequired: true,
});

/** The part of `T` that is an object with properties of its own, looked for in lists, too. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<Item>
  : T extends ArchiveValue | AssetValue
    ? never
    : T extends object
      ? string extends keyof T
        ? never
        : T
      : never;

type Ignored = Treatment<"inert" | "refused">;
type Leaf<IsRequired extends boolean> = Treatment<IsRequired extends true ? "required" : "served"> | Ignored;
type Branch<T, IsRequired extends boolean> = Nested<TreatmentsOf<T>, IsRequired> | Ignored;

/**
 * The proof that a type knows all of its properties: a treatment for each key of `T` and for no other, in the objects
 * within, too. What may also be a string (a policy document) is one value.
 */
export type TreatmentsOf<T> = {
  readonly [Key in keyof T]-?: PropertyOf<NonNullable<T[Key]>, undefined extends T[Key] ? false : true>;
};
type PropertyOf<T, IsRequired extends boolean> = [Shape<T>] extends [never]
  ? Leaf<IsRequired>
  : [Extract<T, string>] extends [never]
    ? Branch<Shape<T>, IsRequired>
    : Leaf<IsRequired>;

/** A property that a resource should not have, or lacks. */
export interface PropertyFault {
  /** Path, e.g. `vpcConfig.subnetIds`. */
  readonly property: string;
  readonly reason: string;
}

/** Finds faults of properties by their names only: unknown ones, rejected ones, and required ones that are missing. */
export function faultsOf(properties: Properties, treatments: Treatments, path = ""): PropertyFault[] {
  const faults: PropertyFault[] = [];
  for (const [name, value] of Object.entries(properties)) {
    const property = path + name;
    const treatment = Object.hasOwn(treatments, name) ? treatments[name] : undefined;
    if (treatment === undefined) {
      if (value !== undefined)
        faults.push({ property, reason: "the local cloud does not know this property" });
    } else if (treatment.kind === "refused" && asksForSomething(value)) {
      faults.push({ property, reason: `the local cloud does not serve this property: ${treatment.reason}` });
    } else if (treatment.kind === "nested") {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (isObject(item)) faults.push(...faultsOf(item, treatment.properties, `${property}.`));
      }
    }
  }
  for (const [name, treatment] of Object.entries(treatments)) {
    const isRequired = treatment.kind === "required" || (treatment.kind === "nested" && treatment.isRequired);
    if (isRequired && (properties[name] === undefined || properties[name] === null)) {
      faults.push({ property: path + name, reason: "it is missing" });
    }
  }
  return faults;
}

/** Finds the fault of a `region`: one local cloud has the resources of one region. */
export function regionFaults({ region }: Properties, place: { readonly region: string }): PropertyFault[] {
  if (typeof region !== "string" || region === place.region) return [];
  const reason = `the local cloud serves one region, and this stack's is ${place.region}, not ${region}: leave it out, or set \`aws:region\``;
  return [{ property: "region", reason }];
}

/** @throws Error  What is wrong with the first property that has a fault. */
export function checkProperties(
  properties: Properties,
  treatments: Treatments,
  place: { readonly region: string },
): void {
  const [fault] = [...faultsOf(properties, treatments), ...regionFaults(properties, place)];
  if (fault) throw new Error(`\`${fault.property}\`: ${fault.reason}`);
}

/** AWS's provider cannot tell zero values from absent ones. */
function asksForSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
