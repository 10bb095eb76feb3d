import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { sagemakerInstances } from "../../../policy/rules/sagemaker/instances";
import { sagemakerKms } from "../../../policy/rules/sagemaker/kms";
import { sagemakerNetworkIsolation } from "../../../policy/rules/sagemaker/networkIsolation";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
type Configuration = PropertiesOf<typeof CONFIGURATION>;
type Variant = Configuration["productionVariants"][number];

const endpoint = (variants: Variant[], inputs: Partial<Configuration> = {}) =>
  ruleResource(CONFIGURATION, "smoke", { productionVariants: variants, ...inputs });

const onInstances = (initialInstanceCount?: number): Variant => ({
  variantName: "live",
  modelName: "smoke",
  instanceType: "ml.m7g.large",
  initialInstanceCount,
});
const serverless: Variant = {
  modelName: "smoke",
  serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 2048 },
};

const model = (inputs: Partial<PropertiesOf<"aws:sagemaker/model:Model">>) =>
  ruleResource("aws:sagemaker/model:Model", "smoke", inputs);

export const sagemakerCases: readonly RuleCases[] = [
  {
    rule: sagemakerKms,
    passes: {
      "a key": [endpoint([onInstances(2)], { kmsKeyArn: "arn" })],
      "a serverless endpoint": [endpoint([serverless])],
      "instances that SageMaker refuses a key for": ["g4dn", "g5", "g6e", "m5d", "c6gd", "p4d", "p5"].map(
        (family) => endpoint([{ ...onInstances(2), instanceType: `ml.${family}.xlarge` }]),
      ),
    },
    fails: {
      "instances with no disks of their own": {
        stack: ["m5", "c7g", "r5", "p3", "inf2"].map((family) =>
          endpoint([{ ...onInstances(2), instanceType: `ml.${family}.xlarge` }]),
        ),
        says: Array(5).fill("smoke: no key; allowed: a KMS key"),
      },
      "instances without one": {
        stack: [endpoint([serverless, onInstances(2)])],
        says: ["smoke: no key; allowed: a KMS key"],
      },
    },
  },
  {
    rule: sagemakerNetworkIsolation,
    passes: { isolation: [model({ enableNetworkIsolation: true })] },
    fails: {
      "the default": { stack: [model({})], says: ["smoke: a container with network; allowed: isolation"] },
    },
  },
  {
    rule: sagemakerInstances,
    passes: {
      "two instances": [endpoint([onInstances(2)])],
      "a serverless endpoint": [endpoint([serverless])],
    },
    fails: {
      "one instance, and the default beside it": {
        stack: [endpoint([onInstances(1), { ...onInstances(), variantName: "next" }])],
        says: [
          "smoke: live on 1 instance; allowed: at least 2",
          "smoke: next on 1 instance; allowed: at least 2",
        ],
      },
    },
  },
];
