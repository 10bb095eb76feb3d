import { regionalArn } from "../arns";
import { InterfaceEndpoint } from "../interfaceEndpoint";
import { bundleSource } from "./bundle";
import type { ModelFiles } from "./modelFiles";
import type { ModelOwner } from "./modelOwner";

/** A model that a SageMaker endpoint serves already; the function asks it. */
export interface SageMakerSource {
  readonly source: "sagemaker";
  /** An endpoint in this account and region; `undefined` for the model in the function's own archive. */
  readonly endpointName: string | undefined;
}

/**
 * Lets the function ask exactly this endpoint, from within the network: what scenes show stays there, and with egress
 * off an interface endpoint is the way.
 */
export function sageMakerSource({ endpointName }: SageMakerSource, owner: ModelOwner): ModelFiles {
  if (endpointName === undefined) return bundleSource({ source: "bundle" }, owner);
  const { name, shared, parent } = owner;
  const action = "sagemaker:InvokeEndpoint";
  // Endpoints' ARNs are in lower case, whatever their names are:
  // https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
  const resource = regionalArn("sagemaker", `endpoint/${endpointName.toLowerCase()}`, { parent });

  const network = shared.network();
  const { attachment } = network;
  const ways =
    attachment.egress === "none"
      ? new InterfaceEndpoint(
          `${name}-sagemaker`,
          { settings: shared.settings, network, service: "sagemaker.runtime", action, resource },
          { parent },
        ).dependsOn
      : [];
  return {
    files: {},
    environment: { ENDPOINT_NAME: endpointName },
    permissions: [{ actions: [action], resources: [resource] }],
    vpc: { ...attachment, dependsOn: [...attachment.dependsOn, ...ways] },
  };
}
