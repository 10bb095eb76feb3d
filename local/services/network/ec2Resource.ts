import { createHash } from "node:crypto";
import type { Cloud } from "../../cloud/cloud";
import type { Placement } from "../../resources/declared";
import type { LegacyResourceType } from "../../resources/legacy";
import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";

interface Ec2ResourceOptions
  extends Pick<
    LegacyResourceType<Cloud>,
    "type" | "inputs" | "replaceOn" | "autoName" | "check" | "create" | "delete"
  > {
  /** Of the id, e.g. `vpc` for `vpc-0123456789abcdef0`. */
  readonly prefix: string;
  /** The ARN's word for it, e.g. `security-group`; absent for what has no ARN. */
  readonly arn?: string;
  /** What AWS adds beyond id, ARN, owner and tags; inputs go before it. */
  adds?(inputs: Properties, id: string, place: Placement): Properties;
  /** AWS's defaults; inputs go before them. */
  readonly defaults?: Properties;
}

/** A resource of EC2, which are alike: an id of 17 hexadecimal digits, an ARN, an owner. */
export function ec2Resource(options: Ec2ResourceOptions): LegacyResourceType<Cloud> {
  const { prefix, arn, adds, defaults, inputs: known, replaceOn, ...rest } = options;
  return {
    ...rest,
    inputs: [...known, "region"],
    replaceOn: [...replaceOn, "region"],
    outputs(inputs, { urn }, place) {
      const id = `${prefix}-${createHash("sha256").update(urn).digest("hex").slice(0, 17)}`;
      const region = read.text(inputs, "region") ?? place.region;
      return {
        ...defaults,
        ...adds?.(inputs, id, place),
        ...inputs,
        ...(arn !== undefined && { arn: `arn:aws:ec2:${region}:${place.accountId}:${arn}/${id}` }),
        ...(known.includes("tags") && { tagsAll: inputs.tags ?? {} }),
        id,
        region,
        ownerId: place.accountId,
      };
    },
  };
}
