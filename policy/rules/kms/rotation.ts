import { resourceRule } from "../../lib/rule";

export const kmsRotation = resourceRule({
  name: "kms-rotation",
  title: "A key is rotated",
  why: "A year's data at most hangs on one version of the key; nothing else has to change for it.",
  cure: "Set `enableKeyRotation`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
  controls: ["KMS.4", "CKV_AWS_7"],
  types: ["aws:kms/key:Key"],
  check({ props: { enableKeyRotation, customerMasterKeySpec = "SYMMETRIC_DEFAULT" } }) {
    // AWS rotates only symmetric keys.
    if (enableKeyRotation || customerMasterKeySpec !== "SYMMETRIC_DEFAULT") return undefined;
    return { found: "no rotation", allowed: "rotation" };
  },
  remediate(props) {
    props.enableKeyRotation = true;
  },
});
