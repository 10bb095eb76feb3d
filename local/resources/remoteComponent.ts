import type { Declared, Placement } from "./declared";
import type { InputsOf, OutputsOf, ResourceClass } from "./resourceType";
import type { Treatments, TreatmentsOf } from "./treatment";
import type { PreviewOf, Properties, Value } from "./value";

/** Records a child of a remote component as if the program had declared it; its parent is the component by default. */
export type DeclareChild = (type: string, name: string, inputs: Properties, parent?: Declared) => Declared;

/**
 * A component whose children are made by a provider of its own (`awsx:ec2:Vpc`), so that the program itself knows
 * only its arguments and outputs. The local cloud makes the same children from the arguments.
 */
export interface RemoteComponent {
  readonly type: string;
  readonly properties: Treatments;
  /** Declares the children and gives the outputs, in which a child stands for a reference to it. */
  expand(inputs: Properties, name: string, place: Placement, declare: DeclareChild): Properties;
}

/** The definition of a class's remote component. */
interface ComponentDefinition<Class extends ResourceClass> {
  readonly properties: TreatmentsOf<InputsOf<Class>>;
  expand(
    inputs: PreviewOf<InputsOf<Class>>,
    name: string,
    place: Placement,
    declare: DeclareChild,
  ): { readonly [Key in keyof OutputsOf<Class>]: Value };
}

/** Defines a remote component against its class, as {@link import("./resourceType").defineType} does a resource type. */
export function defineComponent<Class extends ResourceClass>(
  type: string,
  definition: ComponentDefinition<Class>,
): RemoteComponent {
  return { type, ...definition } as unknown as RemoteComponent;
}
