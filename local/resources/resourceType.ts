import type * as pulumi from "@pulumi/pulumi";
import type { Declared, Placement, Sibling } from "./declared";
import type { Treatments, TreatmentsOf } from "./treatment";
import type { Plain, PreviewOf, Properties } from "./value";

/** A resource class of a Pulumi provider, e.g. `typeof aws.lambda.Function`. */
// biome-ignore lint/suspicious/noExplicitAny: the constructors' parameters differ, and are read from each class.
export type ResourceClass = new (name: string, args: any, options?: any) => pulumi.Resource;

/** Arguments of a resource, resolved. */
export type InputsOf<Class extends ResourceClass> = Plain<NonNullable<ConstructorParameters<Class>[1]>>;

/** The outputs of a resource: its output properties, `id` among them. */
export type OutputsOf<Class extends ResourceClass> = {
  readonly [Key in keyof InstanceType<Class> as InstanceType<Class>[Key] extends pulumi.OutputInstance<unknown>
    ? Exclude<Key, "urn">
    : never]: InstanceType<Class>[Key] extends pulumi.OutputInstance<infer Value> ? Plain<Value> : never;
};

/** The outputs that a resource has even where its inputs do not give them: what AWS adds, and AWS's defaults. */
type AddedKey<Inputs, Outputs> = {
  [Key in keyof Outputs]: undefined extends Outputs[Key]
    ? never
    : Key extends keyof Inputs
      ? undefined extends Inputs[Key]
        ? Key
        : never
      : Key;
}[keyof Outputs];

/** A class's outputs; one that is an input, too, is also taken in the input's form, where AWS's defaults are optional. */
type ShownOutputs<Class extends ResourceClass> = {
  readonly [Key in keyof OutputsOf<Class>]:
    | OutputsOf<Class>[Key]
    | (Key extends keyof InputsOf<Class> ? NonNullable<InputsOf<Class>[Key]> : never);
};

/**
 * The outputs that a resource type has to give, those that AWS adds; its inputs, and its region, are outputs by
 * themselves.
 */
export type AddedOutputs<Class extends ResourceClass> = PreviewOf<
  Pick<ShownOutputs<Class>, Exclude<AddedKey<InputsOf<Class>, OutputsOf<Class>>, "region">>
> &
  Partial<PreviewOf<Omit<ShownOutputs<Class>, "region">>>;

/** The resources among which one is declared, as far as they are known. */
export interface Siblings {
  of(type: string): readonly Sibling[];
  /** Whether these are all there will be: the engine names one after another, and not which one is the last. */
  readonly complete: boolean;
}

/** {@link Siblings} with the properties of their classes. */
export interface TypedSiblings extends Pick<Siblings, "complete"> {
  /** The resources of a type; in a preview without the outputs that AWS gives later. */
  of<Class extends ResourceClass>(
    type: string,
  ): readonly Sibling<PreviewOf<InputsOf<Class>>, Partial<PreviewOf<OutputsOf<Class>>>>[];
}

/** The physical name property (`name`, `bucket`, …) that Pulumi fills in when the program leaves it out. */
export interface AutoName<Property = string> {
  readonly property: Property;
  readonly maxLength: number;
  readonly lowerCase?: boolean;
  /** AWS takes a name in `replaceOn` once; with `within`, once for each value of that property (an alias: its function). */
  readonly within?: Property;
}

/** The part of a resource type that does not depend on its properties' names. */
interface TypeOptions<Property> {
  /** Properties whose change makes AWS replace the resource; `region` is one by itself. */
  readonly replaceOn: readonly Property[];
  readonly autoName?: AutoName<Property>;
  /**
   * Whether what `create` does outlives a restart of the local cloud by itself (an object in its bucket, a model on its
   * volume), and need not be done again then. @default false
   */
  readonly durable?: boolean;
  /** The resource that AWS deletes this one with, and the property that holds its id. */
  readonly deletedWith?: { readonly type: string; readonly property: Property };
}

/** The definition of a class's resource in the local cloud. */
export interface TypeDefinition<Class extends ResourceClass, Service>
  extends TypeOptions<Extract<keyof InputsOf<Class>, string>> {
  /** Every property there is, proven against Pulumi's class; the rest is rejected by name. */
  readonly properties: TreatmentsOf<InputsOf<Class>>;
  /** Outputs that `create` and `update` give anew (a version's number, what is made of it): unknown in a preview. */
  readonly assigned?: readonly Extract<keyof OutputsOf<Class>, string>[];
  /** Throws an Error, one line with the cure, for what AWS would reject. Values may be unknown in a preview. */
  check?(inputs: PreviewOf<InputsOf<Class>>, name: string): void;
  /**
   * Does as {@link check} does, in view of other resources. What a property refers to is registered before the resource
   * itself; an unknown value may mean any of those whose own is unknown.
   */
  validateAgainst?(inputs: PreviewOf<InputsOf<Class>>, siblings: TypedSiblings): void;
  /** The resource's outputs beyond its inputs. Pure: the same inputs in the same place give the same outputs. */
  outputs(
    inputs: PreviewOf<InputsOf<Class>>,
    resource: { name: string; urn: string },
    place: Placement,
  ): AddedOutputs<Class>;
  /** Makes it real. What it returns is merged over {@link outputs}. Absent: nothing to make. */
  create?(resource: LiveOf<Class>, service: Service): Promise<Partial<OutputsOf<Class>> | undefined>;
  /** Changes it in place. Absent: `create` again. */
  update?(
    resource: LiveOf<Class>,
    old: LiveOf<Class>,
    service: Service,
  ): Promise<Partial<OutputsOf<Class>> | undefined>;
  delete?(resource: LiveOf<Class>, service: Service): Promise<void>;
  /** The live outputs that differ from those given; `undefined` when it is gone. Absent: what was made last. */
  read?(resource: LiveOf<Class>, service: Service): Promise<Partial<OutputsOf<Class>> | undefined>;
}

/** A resource of a class, with every value known. */
export type LiveOf<Class extends ResourceClass> = Declared<InputsOf<Class>, OutputsOf<Class>>;

/**
 * One AWS resource type as the local cloud knows it, for those who treat all types alike. The recorder uses
 * {@link outputs}, `npm start` `create`, `update` and `delete`, the provider for the real engine all of it.
 */
export interface ResourceType<Service = never> extends TypeOptions<string> {
  /** Pulumi's type token. */
  readonly type: string;
  readonly properties: Treatments;
  readonly assigned?: readonly string[];
  check?(inputs: Properties, name: string): void;
  validateAgainst?(inputs: Properties, siblings: Siblings): void;
  outputs(
    inputs: Properties,
    resource: { name: string; urn: string },
    place: Placement,
  ): Properties & { id: string };
  create?(resource: Declared, service: Service): Promise<Properties | undefined>;
  update?(resource: Declared, old: Declared, service: Service): Promise<Properties | undefined>;
  delete?(resource: Declared, service: Service): Promise<void>;
  read?(resource: Declared, service: Service): Promise<Properties | undefined>;
}

/**
 * Defines a resource type against its class in Pulumi's AWS provider: the compiler proves that every property is treated
 * and every output given.
 *
 * @param type  Pulumi's type token, e.g. `aws:lambda/permission:Permission`.
 */
export function defineType<Class extends ResourceClass, Service = undefined>(
  type: string,
  definition: TypeDefinition<Class, Service>,
): ResourceType<Service> {
  // The recorder and the engine hand over what the class's own constructor took, so the properties are of its types.
  const untyped = { type, ...definition } as unknown as ResourceType<Service>;
  // Each service of a region has its resources there, and moves none.
  const isRegional = "region" in definition.properties;
  return {
    ...untyped,
    replaceOn: isRegional ? [...untyped.replaceOn, "region"] : untyped.replaceOn,
    outputs(inputs, resource, place) {
      const { id, ...added } = untyped.outputs(inputs, resource, place);
      // What is absent has to be no key: a preview takes each key that is no input for a value that AWS gives later.
      const present = Object.entries(added).filter(([, value]) => value !== undefined);
      const region = isRegional && { region: inputs.region ?? place.region };
      return { ...inputs, ...Object.fromEntries(present), ...region, id };
    },
  };
}

/** The type with another service in place of its own, e.g. the one that holds it. */
export function withService<Service, Outer>(
  resourceType: ResourceType<Service>,
  serviceOf: (outer: Outer) => Service,
): ResourceType<Outer> {
  const { create, update, read, delete: remove, ...rest } = resourceType;
  return {
    ...rest,
    ...(create && { create: (resource, outer) => create(resource, serviceOf(outer)) }),
    ...(update && { update: (resource, old, outer) => update(resource, old, serviceOf(outer)) }),
    ...(read && { read: (resource, outer) => read(resource, serviceOf(outer)) }),
    ...(remove && { delete: (resource, outer) => remove(resource, serviceOf(outer)) }),
  };
}
