import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { kmsPublicKey } from "../../../policy/rules/kms/publicKey";
import { kmsRotation } from "../../../policy/rules/kms/rotation";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const key = (inputs: Partial<PropertiesOf<"aws:kms/key:Key">>) =>
  ruleResource("aws:kms/key:Key", "models", inputs);

const policy = (principal: unknown, condition?: object) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: principal, Action: "kms:Decrypt", Resource: "*", Condition: condition },
    ],
  });

export const kmsCases: readonly RuleCases[] = [
  {
    rule: kmsRotation,
    passes: {
      rotation: [key({ enableKeyRotation: true })],
      "a key for signatures, which AWS does not rotate": [key({ customerMasterKeySpec: "ECC_NIST_P256" })],
    },
    fails: { none: { stack: [key({})], says: ["models: no rotation; allowed: rotation"] } },
  },
  {
    rule: kmsPublicKey,
    passes: {
      "AWS's own policy": [key({})],
      "the account": [key({ policy: policy({ AWS: "arn:aws:iam::123456789012:root" }) })],
      "everyone of the account": [
        key({ policy: policy("*", { StringEquals: { "kms:CallerAccount": "123456789012" } }) }),
      ],
    },
    fails: {
      everyone: {
        stack: [key({ policy: policy("*") })],
        says: ["models: principal `*`; allowed: principals by name"],
      },
      "everyone who uses TLS": {
        stack: [key({ policy: policy("*", { Bool: { "aws:SecureTransport": "true" } }) })],
        says: ["models: principal `*`; allowed: principals by name"],
      },
    },
  },
];
