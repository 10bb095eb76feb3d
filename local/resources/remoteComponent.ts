import type { Declared, Placement } from "./declared";
import type { Properties } from "./value";

/** Records a child of a remote component as if the program had declared it; its parent is the component by default. */
export type DeclareChild = (type: string, name: string, inputs: Properties, parent?: Declared) => Declared;

/**
 * A component whose children are made by a provider of its own (`awsx:ec2:Vpc`), so that the program itself knows
 * only its arguments and outputs. The local cloud makes the same children from the arguments.
 */
export interface RemoteComponent {
  readonly type: string;
  /** Every input property that is known; another one is refused by name, never ignored silently. */
  readonly inputs: readonly string[];
  /** Declares the children and gives the outputs, in which a child stands for a reference to it. */
  expand(inputs: Properties, name: string, place: Placement, declare: DeclareChild): Properties;
}
