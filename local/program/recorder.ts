import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { withAutoName } from "../autoName";
import { callAwsFunction } from "../awsFunctions";
import type { Declared, Placement, Properties } from "../resourceType";
import { resourceTypeOf } from "../resourceTypes";
import { fromWire } from "./wireValue";

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
   * @param firstPreview  Whether what AWS adds to a resource stays unknown.
   */
  constructor(
    private readonly place: Placement,
    private readonly root: string,
    private readonly firstPreview = false,
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
      const declared = this.record(request);
      this.declared.push(declared);
      this.resources.set(declared.urn, {
        urn: declared.urn,
        id: declared.outputs.id ?? null,
        state: declared.outputs,
      });
      const response = new RegisterResourceResponse();
      response.setUrn(declared.urn);
      response.setId(this.firstPreview ? "" : (declared.outputs.id ?? ""));
      response.setObject(Struct.fromJavaScript(declared.outputs as Record<string, never>));
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
      response.setReturn(
        Struct.fromJavaScript(callAwsFunction(request.getTok(), inputs, this.place) as never),
      );
      callback(null, response);
    } catch (error) {
      this.failure ??= error;
      callback(error, undefined);
    }
  }

  private record(request: RegisterResourceRequest): Declared {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = this.urnOf(type, name, parent);
    const written = fromWire(request.getObject()?.toJavaScript() ?? {}, this.root) as Properties;
    const base = {
      urn,
      type,
      name,
      custom: request.getCustom(),
      inputs: written,
      parent: parent || undefined,
      dependencies: request.getDependenciesList(),
      propertyDependencies: propertyDependenciesOf(request),
      protect: request.getProtect() || undefined,
      retainOnDelete: request.getRetainondelete() || undefined,
      deletedWith: request.getDeletedwith() || undefined,
    };
    if (!base.custom) return { ...base, outputs: written };
    const resourceType = resourceTypeOf(type, name);
    const unknown = Object.keys(written).find((property) => !resourceType.inputs.includes(property));
    if (unknown !== undefined) {
      throw new Error(`${type} "${name}": the local cloud does not know the property \`${unknown}\`.`);
    }
    const inputs = withAutoName(written, resourceType, name, urn);
    try {
      // A check reads whole values: documents and names with unknown parts are none.
      if (!this.firstPreview) resourceType.check?.(inputs, name);
    } catch (cause) {
      throw new Error(`${type} "${name}": ${(cause as Error).message}`, { cause });
    }
    const added = resourceType.outputs(inputs, { name, urn }, this.place);
    return {
      ...base,
      inputs,
      outputs: this.firstPreview ? { ...allUnknown(added), ...inputs } : { ...inputs, ...added },
    };
  }

  /** As the engine makes it: the types of all parents, then the own. */
  private urnOf(type: string, name: string, parent: string): string {
    const [, , parentType] = parent.split("::");
    const qualified = parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${type}` : type;
    return `urn:pulumi:${this.place.stack}::${this.place.project}::${qualified}::${name}`;
  }
}

function allUnknown(properties: Properties): Properties {
  return Object.fromEntries(Object.keys(properties).map((property) => [property, unknownValue]));
}

function propertyDependenciesOf(request: RegisterResourceRequest): Record<string, string[]> {
  const byProperty: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    byProperty[property] = dependencies.getUrnsList();
  });
  return byProperty;
}
