import { credentials } from "@grpc/grpc-js";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { remoteComponentOf } from "../cloud/remoteComponents";
import { fromWire, toWire } from "../program/wireValue";
import type { Placement } from "../resources/declared";
import { faultsOf, regionFaults } from "../resources/treatment";
import type { Properties } from "../resources/value";
import { MadeChildren } from "./madeChildren";
import { planComponent } from "./planComponent";

/** Version of the AWS provider that this one replaces: the engine compares it with what the program's packages ask for. */
export const AWS_VERSION = (require("@pulumi/aws/package.json") as { version: string }).version;

/**
 * Makes a remote component as its own provider would: registers it and its children with the engine, so that the
 * engine keeps them in its state and policy packs see them.
 *
 * @throws Error  A component or a property of one that is not known, by its name.
 */
export async function constructComponent(
  request: ConstructRequest,
  place: Placement,
): Promise<ConstructResponse> {
  const [type, name] = [request.getType(), request.getName()];
  const component = remoteComponentOf(type, name);
  const inputs = fromWire(request.getInputs()?.toJavaScript() ?? {}, "") as Properties;
  const [fault] = [...faultsOf(inputs, component.properties), ...regionFaults(inputs, place)];
  if (fault) throw new Error(`${type} "${name}": \`${fault.property}\`: ${fault.reason}`);
  const plan = planComponent(component, inputs, name, place);

  const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), credentials.createInsecure());
  try {
    const own = await register(
      monitor,
      new RegisterResourceRequest()
        .setType(type)
        .setName(name)
        .setParent(request.getParent())
        .setObject(request.getInputs())
        .setProtect(request.getProtect() ?? false)
        .setDependenciesList(request.getDependenciesList()),
    );
    const urn = own.getUrn();
    const made = new MadeChildren();
    for (const { declared, parent } of plan.children) {
      const child = new RegisterResourceRequest()
        .setType(declared.type)
        .setName(declared.name)
        .setCustom(true)
        .setParent(parent ? made.urnOf(parent) : urn)
        .setObject(toStruct(made.fill(declared.inputs) as Properties))
        .setDependenciesList(made.urnsIn(declared.inputs))
        // The provider that the program's own resources have.
        .setProvider(request.getProvidersMap().get("aws") ?? "")
        .setVersion(AWS_VERSION)
        .setSupportspartialvalues(true);
      for (const [property, value] of Object.entries(declared.inputs)) {
        child
          .getPropertydependenciesMap()
          .set(property, new RegisterResourceRequest.PropertyDependencies().setUrnsList(made.urnsIn(value)));
      }
      const response = await register(monitor, child);
      const outputs = fromWire(response.getObject()?.toJavaScript() ?? {}, "") as Properties;
      made.add(declared, {
        urn: response.getUrn(),
        outputs: { ...outputs, id: response.getId() || undefined },
      });
    }
    const state = toStruct(made.fill(plan.outputs) as Properties);
    await registerOutputs(monitor, new RegisterResourceOutputsRequest().setUrn(urn).setOutputs(state));
    const response = new ConstructResponse().setUrn(urn).setState(state);
    for (const [output, value] of Object.entries(plan.outputs)) {
      response
        .getStatedependenciesMap()
        .set(output, new ConstructResponse.PropertyDependencies().setUrnsList(made.urnsIn(value)));
    }
    return response;
  } finally {
    monitor.close();
  }
}

function register(
  monitor: ResourceMonitorClient,
  request: RegisterResourceRequest,
): Promise<RegisterResourceResponse> {
  return new Promise((resolve, reject) => {
    monitor.registerResource(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

function registerOutputs(
  monitor: ResourceMonitorClient,
  request: RegisterResourceOutputsRequest,
): Promise<void> {
  return new Promise((resolve, reject) => {
    monitor.registerResourceOutputs(request, (error) => (error ? reject(error) : resolve()));
  });
}

function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(toWire(properties) as Parameters<typeof Struct.fromJavaScript>[0]);
}
