import { hash } from "node:crypto";
import type { Placement } from "../../resources/declared";
import {
  type AddedOutputs,
  defineType,
  type InputsOf,
  type ResourceClass,
  type ResourceType,
  type TypeDefinition,
} from "../../resources/resourceType";
import type { PreviewOf } from "../../resources/value";
import type { NetworkService } from "./networkService";

/** The outputs that EC2 adds to any resource. */
type Common = "id" | "tagsAll";

/** The properties that tell one resource of EC2 from another of its type. */
interface Identity {
  /** E.g. `vpc-0123456789abcdef0`. */
  readonly id: string;
  readonly resource: { readonly name: string; readonly urn: string };
  /** The 17 hexadecimal digits of the id, which its parts' ids have, too. */
  readonly digits: string;
  /** @param kind  The ARN's word for the type, e.g. `security-group`. */
  arn(kind: string): string;
}

interface Ec2Definition<Class extends ResourceClass>
  extends Omit<TypeDefinition<Class, NetworkService>, "outputs"> {
  /** Prefix of the id, e.g. `vpc`. */
  readonly prefix: string;
  outputs(
    inputs: PreviewOf<InputsOf<Class>>,
    identity: Identity,
    place: Placement,
  ): Omit<AddedOutputs<Class>, Common>;
}

/** Defines a resource type of EC2: each has an id of 17 hexadecimal digits and, with `tags`, `tagsAll`. */
export function ec2Resource<Class extends ResourceClass>(
  type: string,
  { prefix, outputs, ...definition }: Ec2Definition<Class>,
): ResourceType<NetworkService> {
  const complete: TypeDefinition<Class, NetworkService>["outputs"] = (inputs, resource, place) => {
    const digits = hash("sha256", resource.urn).slice(0, 17);
    const id = `${prefix}-${digits}`;
    const { tags = {} }: { tags?: unknown } = inputs;
    const arn = (kind: string) => `arn:aws:ec2:${place.region}:${place.accountId}:${kind}/${id}`;
    const added = outputs(inputs, { id, digits, arn, resource }, place);
    // The compiler cannot put a generic class's outputs together from their parts.
    return {
      ...added,
      id,
      ...("tags" in definition.properties && { tagsAll: tags }),
    } as unknown as AddedOutputs<Class> & { readonly id: string };
  };
  return defineType<Class, NetworkService>(type, { ...definition, outputs: complete });
}
