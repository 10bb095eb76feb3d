import type { AddressBook } from "../cloud/addressBook";
import type { Placement } from "../resources/declared";
import type { Urn } from "../resources/parseUrn";
import type { ResourceType } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import type { Deployment } from "./deployment";
import type { DeploymentStore } from "./deploymentStore";

/** Ids that are tried for a resource and the replacements that are live beside it. */
const MAX_REPLACEMENTS = 8;

export interface DeploymentOutputsOptions {
  readonly addresses: AddressBook;
  readonly place: Pick<Placement, "accountId" | "region">;
}

/** Gives the outputs of resources, with an id and an address that no other live resource has. */
export class DeploymentOutputs {
  readonly #store: DeploymentStore;
  readonly #options: DeploymentOutputsOptions;

  constructor(store: DeploymentStore, options: DeploymentOutputsOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * The type's outputs. Most ids are made from the URN: a replacement that is made first gets the next one, and keeps it.
   *
   * @param own  The resource itself, where it is live already.
   */
  of(resourceType: ResourceType, target: Urn, inputs: Properties, own?: Deployment) {
    const { urn, name, project, stack } = target;
    const address = (type: string, name: string) =>
      this.#chooseAddress(`${type}::${project}/${stack}/${name}`, own);
    const place = { ...this.#options.place, project, stack, address };
    const outputsAs = (urn: string) => resourceType.outputs(inputs, { name, urn }, place);
    const isWanted = (id: string) => (own ? id === own.outputs.id : !this.#store.isLive(urn, id));
    const first = outputsAs(urn);
    for (let count = 2, outputs = first; count <= MAX_REPLACEMENTS; count++) {
      if (isWanted(outputs.id)) return outputs;
      outputs = outputsAs(`${urn}#${count}`);
      if (outputs.id === first.id) break;
    }
    return first;
  }

  /**
   * The base address of a resource that listens: the one it has; else that of its name in its stack, unless another
   * resource listens there (one that it is about to replace); else a further one.
   *
   * @param key  `type::name`, one for each resource of all stacks.
   */
  #chooseAddress(key: string, own: Deployment | undefined): string {
    const { addresses } = this.#options;
    const kept = own && Object.values(addresses.addresses).find((address) => listensAt(own, address));
    if (kept !== undefined) return kept;
    const [type] = key.split("::");
    const others = this.#store.live.filter((other) => other.type === type && other !== own);
    for (let count = 1; ; count++) {
      const entry = count === 1 ? key : `${key}#${count}`;
      addresses.assign([entry]);
      const address = addresses.addresses[entry] as string;
      if (!others.some((other) => listensAt(other, address))) return address;
    }
  }
}

function listensAt({ outputs }: Deployment, address: string): boolean {
  return Object.values(outputs).some((value) => typeof value === "string" && value.startsWith(`${address}/`));
}
