import type { SettingsReader } from "./settingsReader";

/** Settings for an account that others use, too. */
export interface OrganizationSettings {
  /** ARN of the policy that bounds every role of the stack. */
  readonly permissionsBoundary: string | undefined;
  /** Path of every role of the stack; begins and ends with `/`. */
  readonly rolePath: string | undefined;
  /** Availability zones of the network, by name; `undefined` for the region's first. */
  readonly availabilityZones: readonly string[] | undefined;
  /** ARNs, of other accounts too, that can call the endpoints with signed requests. */
  readonly allowedPrincipals: readonly string[];
  /**
   * Tags of every resource that supports them; a provider's default tags do not exist in previews without an account.
   */
  readonly tags: Readonly<Record<string, string>>;
}

/** @param own  Tags of the stack itself. */
export function readOrganizationSettings(
  config: SettingsReader,
  own: Readonly<Record<string, string>>,
): OrganizationSettings {
  return {
    permissionsBoundary: config.matching(
      "permissionsBoundary",
      /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512})?$/,
      "the ARN of a policy",
    ),
    rolePath: config.matching("rolePath", /^(\/([\w+=,.@-]+\/)*)?$/, "a path such as /teams/ml/"),
    availabilityZones: readZones(config),
    allowedPrincipals: config.list(
      "allowedPrincipals",
      'a list of ARNs such as ["arn:aws:iam::123456789012:role/caller"], or []',
      (item) => /^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]{1,512})$/.test(item),
    ),
    tags: { ...readTags(config, Object.keys(own)), ...own },
  };
}

function readZones(config: SettingsReader): OrganizationSettings["availabilityZones"] {
  const allowed = 'a list of 2 to 4 zones such as ["us-east-1a","us-east-1b"], or []';
  // Not `us-east-1-atl-2a`: local zones have no EFS. Whether the region has them, the network asks AWS.
  const zones = config.list("availabilityZones", allowed, (item) =>
    /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(item),
  );
  if (zones.length === 0) return undefined;
  if (zones.length < 2 || zones.length > 4 || new Set(zones).size < zones.length) {
    throw config.error("availabilityZones", JSON.stringify(zones), allowed);
  }
  return zones;
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function readTags(config: SettingsReader, own: readonly string[]): Record<string, string> {
  const tags = config.object("tags", 'an object of strings such as {"team":"ml"}, or {}');
  for (const [key, value] of Object.entries(tags)) {
    const isTag =
      /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value);
    if (!isTag || key.startsWith("aws:") || own.includes(key)) {
      throw config.error(
        "tags",
        JSON.stringify({ [key]: value }),
        `tags as AWS takes them, and neither \`aws:…\` nor ${own.join(" or ")}, which the stack sets`,
      );
    }
  }
  return tags;
}
