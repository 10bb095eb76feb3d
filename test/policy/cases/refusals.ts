import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { apiAccountRole } from "../../../policy/rules/api/accountRole";
import { lambdaAliasLatest } from "../../../policy/rules/lambda/aliasLatest";
import { lambdaAliasWeights } from "../../../policy/rules/lambda/aliasWeights";
import { lambdaConcurrencyZero } from "../../../policy/rules/lambda/concurrencyZero";
import { lambdaEnvironmentSecretNames } from "../../../policy/rules/lambda/environmentSecretNames";
import { lambdaLimits } from "../../../policy/rules/lambda/limits";
import { lambdaReservedVariables } from "../../../policy/rules/lambda/reservedVariables";
import { lambdaTenancy } from "../../../policy/rules/lambda/tenancy";
import { s3ModelLifecycle } from "../../../policy/rules/s3/modelLifecycle";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { type RuleResourceOptions, ruleResource } from "../../helpers/policy/ruleResource";

const fn = (inputs: Partial<PropertiesOf<"aws:lambda/function:Function">> = {}) =>
  ruleResource("aws:lambda/function:Function", "iris", inputs);

const variables = (of: Record<string, string>) => fn({ environment: { variables: of } });

const alias = (inputs: Partial<PropertiesOf<"aws:lambda/alias:Alias">>) =>
  ruleResource("aws:lambda/alias:Alias", "live", inputs);

const weights = { additionalVersionWeights: { 2: 0.1 } };

const stage = (options: RuleResourceOptions = {}) =>
  ruleResource(
    "aws:apigateway/stage:Stage",
    "prod",
    { accessLogSettings: { destinationArn: "arn", format: "{}" } },
    options,
  );

function expiring(prefix: string) {
  const bucket = ruleResource("aws:s3/bucket:Bucket", "models");
  const lifecycle = ruleResource(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "models",
    { rules: [{ id: "old", status: "Enabled", filter: { prefix }, expiration: { days: 30 } }] },
    { to: { bucket } },
  );
  const object = ruleResource(
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "iris",
    { key: "models/iris/1/model.onnx" },
    { to: { bucket } },
  );
  return [bucket, lifecycle, object];
}

/** Rules about what AWS rejects, or what does not work. */
export const refusalCases: readonly RuleCases[] = [
  {
    rule: lambdaLimits,
    passes: {
      defaults: [fn()],
      "the most there is": [fn({ memorySize: 10_240, timeout: 900, ephemeralStorage: { size: 10_240 } })],
      "a Managed Instance, which has other limits": [
        fn({
          memorySize: 32_768,
          timeout: 5400,
          capacityProviderConfig: {
            lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: "arn" },
          },
        }),
      ],
    },
    fails: {
      "more than there is": {
        stack: [fn({ memorySize: 10_241, timeout: 901, ephemeralStorage: { size: 511 } })],
        says: [
          "iris: 10241 MB of memory; allowed: 128 to 10240 MB",
          "iris: timeout 901 s; allowed: 1 to 900 s",
          "iris: 511 MB of /tmp; allowed: 512 to 10240 MB",
        ],
      },
    },
  },
  {
    rule: lambdaConcurrencyZero,
    passes: { none: [fn()], some: [fn({ reservedConcurrentExecutions: 5 })] },
    fails: {
      zero: {
        stack: [fn({ reservedConcurrentExecutions: 0 })],
        says: ["iris: reserved concurrency 0; allowed: at least 1"],
      },
    },
  },
  {
    rule: lambdaReservedVariables,
    passes: {
      "names of its own": [variables({ MODEL_PATH: "a", AWS_NODEJS_CONNECTION_REUSE_ENABLED: "1" })],
    },
    fails: {
      "Lambda's own, and what is not a name": {
        stack: [variables({ AWS_REGION: "us-east-1", "a-b": "1" })],
        says: [
          "iris: `AWS_REGION`, which Lambda sets; allowed: other names",
          "iris: `a-b`, which is not a name of a variable; allowed: letters, digits and `_`, at least two",
        ],
      },
    },
  },
  {
    rule: lambdaEnvironmentSecretNames,
    passes: {
      "where a secret is": [
        variables({ DB_SECRET: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", TOKEN: "" }),
      ],
      "a model's key": [variables({ MODEL_KEY: "models/a.onnx", TOKEN_LIMIT: "5" })],
    },
    fails: {
      "names of secrets": {
        stack: [variables({ DB_PASSWORD: "x", apiToken: "y" })],
        says: ["DB_PASSWORD", "apiToken"].map(
          (name) => `iris: \`${name}\` holds a secret, by its name; allowed: no secrets`,
        ),
      },
    },
  },
  {
    rule: lambdaAliasLatest,
    passes: {
      "a version": [alias({ functionVersion: "3", routingConfig: weights })],
      "the version of a function that is published": (() => {
        const of = fn({ publish: true });
        return [of, ruleResource("aws:lambda/alias:Alias", "live", {}, { to: { functionVersion: of } })];
      })(),
    },
    fails: {
      $LATEST: {
        stack: [alias({ functionVersion: "$LATEST", routingConfig: weights })],
        says: ["live: $LATEST with weights, which AWS refuses; allowed: a published version"],
      },
      "the version of a function that is not published": {
        stack: (() => {
          const of = fn();
          return [of, ruleResource("aws:lambda/alias:Alias", "live", {}, { to: { functionVersion: of } })];
        })(),
        says: ["live: $LATEST; allowed: a published version"],
      },
    },
  },
  {
    rule: lambdaAliasWeights,
    passes: { weights: [alias({ routingConfig: weights })] },
    fails: {
      "weights and provisioned concurrency": {
        stack: (() => {
          const of = alias({ routingConfig: weights });
          const type = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
          return [of, ruleResource(type, "warm", {}, { to: { qualifier: of } })];
        })(),
        says: ["live: weights beside provisioned concurrency warm; allowed: one of the two"],
      },
    },
  },
  {
    rule: lambdaTenancy,
    passes: { "tenants, invoked directly": [fn({ tenancyConfig: { tenantIsolationMode: "PER_TENANT" } })] },
    fails: {
      "tenants and a URL": {
        stack: (() => {
          const of = fn({
            tenancyConfig: { tenantIsolationMode: "PER_TENANT" },
            snapStart: { applyOn: "PublishedVersions" },
          });
          const url = ruleResource(
            "aws:lambda/functionUrl:FunctionUrl",
            "url",
            {},
            { to: { functionName: of } },
          );
          return [of, url];
        })(),
        says: ["FunctionUrl url", "SnapStart"].map(
          (what) => `iris: tenant isolation with ${what}; allowed: one of the two`,
        ),
      },
    },
  },
  {
    rule: apiAccountRole,
    passes: {
      "no logs": [ruleResource("aws:apigateway/stage:Stage", "prod")],
      "the stack's own role": (() => {
        const account = ruleResource("aws:apigateway/account:Account", "account");
        return [account, stage({ after: [account] })];
      })(),
    },
    fails: {
      "logs without a role": {
        stack: [stage()],
        says: ["prod: logs, and no account role of the stack; allowed: an Account"],
      },
      "a role that may come later": {
        stack: [ruleResource("aws:apigateway/account:Account", "account"), stage()],
        says: ["prod: a stage that may be made before the account's role; allowed: one that depends on it"],
      },
    },
  },
  {
    rule: s3ModelLifecycle,
    passes: { "other objects": expiring("uploads/") },
    fails: {
      models: {
        stack: expiring("models/"),
        says: ["models: models/iris/1/model.onnx deleted after 30 days; allowed: kept"],
      },
    },
  },
];
