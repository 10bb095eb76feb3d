/** The settings of a BucketPublicAccessBlock. */
const SETTINGS = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

/** The settings that a block leaves out, for a finding; empty where it blocks everything. */
export function openSettings(block: Readonly<Partial<Record<(typeof SETTINGS)[number], boolean>>>): string {
  return SETTINGS.filter((setting) => !block[setting]).join(", ");
}
