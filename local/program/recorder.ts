import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { callAwsFunction } from "../cloud/awsFunctions";
import { remoteComponentOf } from "../cloud/remoteComponents";
import { isResourceType, resourceTypeOf } from "../cloud/resourceTypes";
import { withAutoName } from "../resources/autoName";
import type { Declared, Placement } from "../resources/declared";
import { faultsOf } from "../resources/treatment";
import type { Properties } from "../resources/value";
import { UNKNOWN } from "../resources/value";
import { asFirstPreview } from "./asFirstPreview";
import { asWritten } from "./asWritten";
import { toStruct } from "./toStruct";
import { unknownLeaves } from "./unknownLeaves";
import { fromWire, toWire } from "./wireValue";

type Callback<T> = (error: unknown, response: T | undefined) => void;

/**
 * Pulumi's in-process monitor, the one of its unit tests, made to keep all that a program says of its resources:
 * the mocks' own arguments leave out parent, dependencies and options.
 */
export class Recorder extends MockMonitor {
  /** In the order of registration: a resource comes after all that it refers to or depends on. */
  readonly declared: Declared[] = [];
  /** The first refusal, in its own words: Pulumi wraps it in every property that depends on it. */
  failure: unknown;

  /**
   * @param root  The program's folder, absolute.
   * @param as.firstPreview  Whether what AWS adds to a resource stays unknown.
   * @param as.onlyJudged  Whether nothing is refused for not being of the local cloud.
   */
  constructor(
    private readonly place: Placement,
    private readonly root: string,
    private readonly as: { readonly firstPreview: boolean; readonly onlyJudged: boolean },
  ) {
    super({
      call: () => {
        throw new Error("unused");
      },
      newResource: () => {
        throw new Error("unused");
      },
    });
  }

  override async registerResource(
    request: RegisterResourceRequest,
    callback: Callback<RegisterResourceResponse>,
  ): Promise<void> {
    try {
      const { urn, outputs } = this.record(request);
      const response = new RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(this.as.firstPreview ? "" : (outputs.id ?? ""));
      response.setObject(toStruct(outputs));
      callback(null, response);
    } catch (error) {
      this.failure ??= error;
      callback(error, undefined);
    }
  }

  override async readResource(request: { getType(): string; getName(): string }, callback: Callback<never>) {
    const what = `${request.getType()} "${request.getName()}"`;
    callback(
      new Error(`${what}: an existing resource is read, and nothing exists outside the program here.`),
      undefined,
    );
  }

  override async invoke(
    request: { getTok(): string; getArgs(): Struct | undefined },
    callback: Callback<InvokeResponse>,
  ): Promise<void> {
    try {
      const inputs = (request.getArgs()?.toJavaScript() ?? {}) as Properties;
      const response = new InvokeResponse();
      const result =
        request.getTok() === "pulumi:pulumi:getResource"
          ? this.resources.get(String(inputs.urn))
          : callAwsFunction(request.getTok(), inputs, this.place);
      response.setReturn(toStruct(result as Properties));
      callback(null, response);
    } catch (error) {
      this.failure ??= error;
      callback(error, undefined);
    }
  }

  /** @returns  The outputs as they go back over the wire. */
  private record(request: RegisterResourceRequest): { urn: string; outputs: Properties & { id?: string } } {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const written = fromWire(
      request.getObject()?.toJavaScript() ?? {},
      this.root,
      this.as.onlyJudged,
    ) as Properties;
    const base: Base = {
      urn: this.urnOf(type, name, parent),
      type,
      name,
      custom: request.getCustom(),
      inputs: written,
      parent: parent || undefined,
      dependencies: request.getDependenciesList(),
      propertyDependencies: propertyDependenciesOf(request),
      protect: request.getProtect() || undefined,
      deleteBeforeReplace: request.getDeletebeforereplace() || undefined,
      retainOnDelete: request.getRetainondelete() || undefined,
      deletedWith: request.getDeletedwith() || undefined,
    };
    if (request.getRemote()) return this.expand(base);
    return this.keep(base.custom ? this.complete(base) : { ...base, outputs: written });
  }

  /** Adds what the resource's type says of it. */
  private complete(base: Base): Declared {
    const { type, name, urn, inputs: written } = base;
    const { onlyJudged } = this.as;
    const resourceType = onlyJudged && !isResourceType(type) ? asWritten(type) : resourceTypeOf(type, name);
    const inputs = withAutoName(written, resourceType, name, urn);
    try {
      if (!onlyJudged) {
        const [fault] = faultsOf(inputs, resourceType.properties);
        if (fault) throw new Error(`\`${fault.property}\`: ${fault.reason}`);
        resourceType.check?.(inputs, name);
      }
    } catch (cause) {
      throw new Error(`${type} "${name}": ${(cause as Error).message}`, { cause });
    }
    return {
      ...base,
      inputs,
      outputs: { ...inputs, ...resourceType.outputs(inputs, { name, urn }, this.place) },
    };
  }

  /** Records the children that a remote component's provider would make. */
  private expand(base: Base): { urn: string; outputs: Properties } {
    const component = remoteComponentOf(base.type, base.name);
    refuseUnknown(base.inputs, component.inputs, base.type, base.name);
    const at = this.declared.length;
    const children: Declared[] = [];
    const outputs = component.expand(base.inputs, base.name, this.place, (type, name, inputs, parent) => {
      const propertyDependencies = Object.fromEntries(
        Object.entries(inputs).map(([property, value]) => [
          property,
          children.filter(({ outputs }) => outputs.id === value).map(({ urn }) => urn),
        ]),
      );
      const child = this.complete({
        urn: this.urnOf(type, name, (parent ?? base).urn),
        type,
        name,
        custom: true,
        inputs,
        parent: (parent ?? base).urn,
        dependencies: [
          ...new Set([...(parent ? [parent.urn] : []), ...Object.values(propertyDependencies).flat()]),
        ],
        propertyDependencies,
      });
      this.keep(this.as.firstPreview ? withoutSiblings(child) : child);
      children.push(child);
      return child;
    });
    const known = toWire(outputs, new Set(children));
    const onWire = (this.as.firstPreview ? unknownLeaves(known) : known) as Properties;
    const whole = { ...base, outputs: fromWire(onWire, this.root) as Properties };
    const declared = this.as.firstPreview ? asFirstPreview(whole) : whole;
    // The component itself comes in front of its children, as parents do.
    this.declared.splice(at, 0, declared);
    return { urn: base.urn, outputs: onWire };
  }

  private keep(whole: Declared): Declared {
    const declared = this.as.firstPreview ? asFirstPreview(whole) : whole;
    const { urn, outputs } = declared;
    this.declared.push(declared);
    this.resources.set(urn, { urn, id: outputs.id ?? null, state: outputs });
    return declared;
  }

  /** As the engine makes it: the types of all parents, then the own. */
  private urnOf(type: string, name: string, parent: string): string {
    const [, , parentType] = parent.split("::");
    const qualified = parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${type}` : type;
    return `urn:pulumi:${this.place.stack}::${this.place.project}::${qualified}::${name}`;
  }
}

/** A remote component's child before its siblings have ids. */
function withoutSiblings(child: Declared): Declared {
  const inputs = Object.fromEntries(
    Object.entries(child.inputs).map(([property, value]) => [
      property,
      child.propertyDependencies[property]?.length ? UNKNOWN : value,
    ]),
  );
  return { ...child, inputs };
}

/** A resource without what its type adds to it. */
type Base = Omit<Declared, "outputs">;

function refuseUnknown(inputs: Properties, known: readonly string[], type: string, name: string): void {
  const unknown = Object.keys(inputs).find((property) => !known.includes(property));
  if (unknown !== undefined) {
    throw new Error(`${type} "${name}": the local cloud does not know the property \`${unknown}\`.`);
  }
}

function propertyDependenciesOf(request: RegisterResourceRequest): Record<string, string[]> {
  const byProperty: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    byProperty[property] = dependencies.getUrnsList();
  });
  return byProperty;
}
