import type { Declared, Placement } from "../resources/declared";
import type { RemoteComponent } from "../resources/remoteComponent";
import type { Properties } from "../resources/value";

/** A child that a remote component is to have; its inputs may hold {@link Promised} values of children before it. */
export interface PlannedChild {
  readonly declared: Declared;
  /** The component itself where there is none. */
  readonly parent: Declared | undefined;
}

/** An output of a planned child, known as soon as that child has been made. */
export class Promised {
  constructor(
    readonly child: Declared,
    readonly output: string,
  ) {}
}

export interface ComponentPlan {
  /** Each comes after those it refers to. */
  readonly children: readonly PlannedChild[];
  /** The outputs, with promised values, and children for references to them. */
  readonly outputs: Properties;
}

/** Expands a remote component without making anything: what its children will give is promised. */
export function planComponent(
  component: RemoteComponent,
  inputs: Properties,
  name: string,
  place: Placement,
): ComponentPlan {
  const children: PlannedChild[] = [];
  const outputs = component.expand(inputs, name, place, (type, name, inputs, parent) => {
    const declared: Declared = {
      urn: "",
      type,
      name,
      custom: true,
      inputs,
      outputs: new Proxy({}, { get: (_, output) => new Promised(declared, String(output)) }),
      dependencies: [],
      propertyDependencies: {},
    };
    children.push({ declared, parent });
    return declared;
  });
  return { children, outputs };
}
