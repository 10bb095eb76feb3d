import type { Declared } from "@paddock/local/program";
import * as pulumi from "@pulumi/pulumi";
import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { costProvisionedConcurrency } from "../../../policy/rules/cost/provisionedConcurrency";
import { lambdaAfterMountTargets } from "../../../policy/rules/lambda/afterMountTargets";
import { lambdaCodeSigning } from "../../../policy/rules/lambda/codeSigning";
import { lambdaDescription } from "../../../policy/rules/lambda/description";
import { lambdaEnvironmentKey } from "../../../policy/rules/lambda/environmentKey";
import { lambdaEnvironmentSecrets } from "../../../policy/rules/lambda/environmentSecrets";
import { lambdaEnvironmentSize } from "../../../policy/rules/lambda/environmentSize";
import { lambdaFailureDestination } from "../../../policy/rules/lambda/failureDestination";
import { lambdaFetchLoopback } from "../../../policy/rules/lambda/fetchLoopback";
import { lambdaInVpc } from "../../../policy/rules/lambda/inVpc";
import { lambdaJsonLogs } from "../../../policy/rules/lambda/jsonLogs";
import { lambdaLayerArchitecture } from "../../../policy/rules/lambda/layerArchitecture";
import { lambdaLogGroup } from "../../../policy/rules/lambda/logGroup";
import { lambdaLogLevel } from "../../../policy/rules/lambda/logLevel";
import { lambdaMemory } from "../../../policy/rules/lambda/memory";
import { lambdaMixedPermissions } from "../../../policy/rules/lambda/mixedPermissions";
import { lambdaMount } from "../../../policy/rules/lambda/mount";
import { lambdaOnnxruntimeTelemetry } from "../../../policy/rules/lambda/onnxruntimeTelemetry";
import { lambdaPermissionSource } from "../../../policy/rules/lambda/permissionSource";
import { lambdaReservedConcurrency } from "../../../policy/rules/lambda/reservedConcurrency";
import { lambdaRuntimeSupported } from "../../../policy/rules/lambda/runtimeSupported";
import { lambdaSnapstart } from "../../../policy/rules/lambda/snapstart";
import { lambdaTimeout } from "../../../policy/rules/lambda/timeout";
import { lambdaTimeoutBehindApi } from "../../../policy/rules/lambda/timeoutBehindApi";
import { lambdaTracing } from "../../../policy/rules/lambda/tracing";
import { lambdaUrlAuth } from "../../../policy/rules/lambda/urlAuth";
import { lambdaUrlCors } from "../../../policy/rules/lambda/urlCors";
import { lambdaUrlPermissions } from "../../../policy/rules/lambda/urlPermissions";
import { lambdaUrlQualifier } from "../../../policy/rules/lambda/urlQualifier";
import { lambdaUrlRegion } from "../../../policy/rules/lambda/urlRegion";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { type RuleResourceOptions, ruleResource } from "../../helpers/policy/ruleResource";

const FUNCTION = "aws:lambda/function:Function";
const URL = "aws:lambda/functionUrl:FunctionUrl";
const PERMISSION = "aws:lambda/permission:Permission";

const fn = (inputs: Partial<PropertiesOf<typeof FUNCTION>> = {}, options: RuleResourceOptions = {}) =>
  ruleResource(FUNCTION, "iris", inputs, options);

const environment = (variables: Record<string, string>) => fn({ environment: { variables } });

const permission = (inputs: Partial<PropertiesOf<typeof PERMISSION>>) =>
  ruleResource(PERMISSION, "iris", { action: "lambda:InvokeFunction", ...inputs });

/** An alias of a function, and what stands behind it. */
function published(inputs: Partial<PropertiesOf<typeof FUNCTION>> = {}) {
  const target = fn(inputs);
  return {
    target,
    alias: ruleResource("aws:lambda/alias:Alias", "iris", {}, { to: { functionName: target } }),
  };
}

function behindApi(timeout: number, timeoutMilliseconds?: number) {
  const { target, alias } = published({ timeout });
  const uri = { to: { uri: alias } };
  return [
    target,
    alias,
    ruleResource("aws:apigateway/integration:Integration", "iris", { timeoutMilliseconds }, uri),
  ];
}

/** A public URL on the alias `live`, with permissions on the qualifiers given. */
function publicUrl(invokeUrlOn: string | undefined, invokeFunctionOn: string | undefined) {
  const { target, alias } = published();
  const everyone = (qualifier: string, rest: Partial<PropertiesOf<typeof PERMISSION>>) =>
    ruleResource(
      PERMISSION,
      `${rest.action}`,
      { qualifier, principal: "*", ...rest },
      { to: { function: alias } },
    );
  return [
    target,
    alias,
    ruleResource(
      URL,
      "iris",
      { authorizationType: "NONE", qualifier: "live" },
      { to: { functionName: alias } },
    ),
    ...(invokeUrlOn
      ? [everyone(invokeUrlOn, { action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" })]
      : []),
    ...(invokeFunctionOn
      ? [everyone(invokeFunctionOn, { action: "lambda:InvokeFunction", invokedViaFunctionUrl: true })]
      : []),
  ];
}

function withResourcePolicy(permissionOf?: "its own" | Declared) {
  const { target, alias } = published();
  return [
    target,
    alias,
    ruleResource("aws:lambda/resourcePolicy:ResourcePolicy", "iris", {}, { to: { resourceArn: target } }),
    ...(typeof permissionOf === "object" ? [permissionOf] : []),
    ...(permissionOf
      ? [
          ruleResource(
            PERMISSION,
            "iris",
            {},
            { to: { function: permissionOf === "its own" ? alias : permissionOf } },
          ),
        ]
      : []),
  ];
}

function withLayer(architectures: string[] | undefined, compatibleArchitectures: string[] | undefined) {
  const layer = ruleResource("aws:lambda/layerVersion:LayerVersion", "onnxruntime", {
    compatibleArchitectures,
  });
  return [layer, fn({ architectures, layers: ["arn"] }, { to: { layers: layer } })];
}

function withLogGroup(name: string) {
  const logGroup = ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris", { name });
  return [
    logGroup,
    fn({ loggingConfig: { logFormat: "JSON", logGroup: name } }, { to: { loggingConfig: logGroup } }),
  ];
}

function withOnnxRuntime(variables: Record<string, string>) {
  const code = new pulumi.asset.AssetArchive({
    "nodejs/node_modules/native/onnxruntime_binding.node": new pulumi.asset.StringAsset(""),
  });
  const layer = ruleResource("aws:lambda/layerVersion:LayerVersion", "onnxruntime", { code: code as never });
  const own = new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("") });
  return [
    layer,
    fn({ code: own as never, layers: ["arn"], environment: { variables } }, { to: { layers: layer } }),
  ];
}

/** A function with a file system, made after all that it needs but what is left out. */
function mounted(...leftOut: readonly string[]) {
  const fileSystem = ruleResource("aws:efs/fileSystem:FileSystem", "models");
  const accessPoint = ruleResource(
    "aws:efs/accessPoint:AccessPoint",
    "models",
    {},
    { to: { fileSystemId: fileSystem } },
  );
  const [own, group] = ["functions", "models"].map((name) =>
    ruleResource("aws:ec2/securityGroup:SecurityGroup", name),
  ) as [Declared, Declared];
  const parts = [
    ...["models-1", "models-2"].map((name) =>
      ruleResource(
        "aws:efs/mountTarget:MountTarget",
        name,
        {},
        { to: { fileSystemId: fileSystem, securityGroups: group } },
      ),
    ),
    ruleResource(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "from-functions",
      {},
      { to: { securityGroupId: group, referencedSecurityGroupId: own } },
    ),
    ruleResource(
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "to-targets",
      {},
      { to: { securityGroupId: own, referencedSecurityGroupId: group } },
    ),
  ];
  const elsewhere = ruleResource(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "to-others",
    {},
    { to: { securityGroupId: own } },
  );
  const options = {
    to: { fileSystemConfig: accessPoint },
    after: parts.filter(({ name }) => !leftOut.includes(name)),
  };
  const fileSystemConfig = { arn: "arn", localMountPath: "/mnt/models" };
  return [...[fileSystem, accessPoint, own, group, ...parts, elsewhere], fn({ fileSystemConfig }, options)];
}

/** A function that a bucket calls, by an alias where it has one; its configuration has the qualifier given. */
function notified({
  inputs,
  alias,
  config,
}: {
  inputs?: Partial<PropertiesOf<typeof FUNCTION>>;
  alias?: string;
  config?: { qualifier?: string };
}) {
  const target = fn(inputs);
  const aliases = alias
    ? [ruleResource("aws:lambda/alias:Alias", "iris", { name: alias }, { to: { functionName: target } })]
    : [];
  const to = { to: { lambdaFunctions: aliases[0] ?? target } };
  const onFailure = { destination: "arn:aws:s3:::failures" };
  return [
    target,
    ...aliases,
    ruleResource("aws:s3/bucketNotification:BucketNotification", "uploads", {}, to),
    ...(config
      ? [
          ruleResource(
            "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
            "iris",
            { ...config, destinationConfig: { onFailure } },
            { to: { functionName: target } },
          ),
        ]
      : []),
  ];
}

const warm = (provisionedConcurrentExecutions: number) =>
  ruleResource("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "iris", {
    provisionedConcurrentExecutions,
  });

/** Declares a function's ResourcePolicy with these statements for everyone. */
const resourcePolicy = (...statements: readonly object[]) =>
  ruleResource("aws:lambda/resourcePolicy:ResourcePolicy", "iris", {
    policy: JSON.stringify({
      Statement: statements.map((statement) => ({
        ...{ Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: "arn" },
        ...statement,
      })),
    }),
  });

export const lambdaCases: readonly RuleCases[] = [
  {
    rule: lambdaRuntimeSupported,
    passes: { "nodejs24.x": [fn({ runtime: "nodejs24.x" })], "an image": [fn({ packageType: "Image" })] },
    fails: {
      "a runtime past its end": {
        stack: [fn({ runtime: "nodejs20.x" })],
        says: ["iris: runtime nodejs20.x, past its end; allowed: one that AWS supports"],
      },
      "no runtime": { stack: [fn()], says: ["iris: no runtime; allowed: a runtime of Lambda"] },
    },
  },
  {
    rule: lambdaTimeout,
    passes: { "15 minutes": [fn({ timeout: 900 })] },
    fails: {
      "a second more": { stack: [fn({ timeout: 901 })], says: ["iris: timeout 901 s; allowed: 1 to 900 s"] },
      "the default": { stack: [fn()], says: ["iris: no timeout of its own (then 3 s); allowed: 1 to 900 s"] },
    },
  },
  {
    rule: lambdaTimeoutBehindApi,
    passes: { "29 s behind the API": behindApi(29), "longer, without an API": [fn({ timeout: 60 })] },
    fails: {
      "30 s behind the API": {
        stack: behindApi(30),
        says: ["iris: timeout 30 s behind the REST API; allowed: at most 29 s"],
      },
      "an integration that waits less": {
        stack: behindApi(20, 10_000),
        says: ["iris: timeout 20 s behind the REST API; allowed: at most 10 s"],
      },
    },
  },
  {
    rule: lambdaMemory,
    passes: { "3008 MB": [fn({ memorySize: 3008 })], "128 MB": [fn({ memorySize: 128 })] },
    fails: {
      "more than new accounts have": {
        stack: [fn({ memorySize: 3009 })],
        says: ["iris: 3009 MB; allowed: 128 to 3008 MB"],
      },
      "the default": {
        stack: [fn()],
        says: ["iris: no memory size of its own (then 128 MB); allowed: 128 to 3008 MB"],
      },
    },
  },
  {
    rule: lambdaFetchLoopback,
    passes: { "other variables": [environment({ EGRESS: "single" })], none: [fn()] },
    fails: {
      "the local cloud's variable": {
        stack: [environment({ PADDOCK_FETCH_LOOPBACK: "" })],
        says: ["iris: `PADDOCK_FETCH_LOOPBACK` in its environment; allowed: only the local cloud's"],
      },
    },
  },
  {
    rule: lambdaEnvironmentSize,
    passes: { "a small one": [environment({ A: "b" })], none: [fn()] },
    fails: {
      "one over 4 KB": {
        stack: [environment({ A: "x".repeat(4090) })],
        says: ["iris: an environment of 4.0 KB; allowed: at most 4.0 KB"],
      },
      "one from 80 % of it, as a warning": {
        stack: [environment({ A: "x".repeat(3600) })],
        says: ["(warning) iris: an environment of 3.5 KB; allowed: at most 4.0 KB"],
      },
    },
  },
  {
    rule: lambdaEnvironmentSecrets,
    passes: {
      "where a secret is": [
        environment({
          DB_SECRET: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
          TOKEN: "arn:aws:ssm:eu-west-1:123456789012:parameter/token",
        }),
      ],
      "a model's key, an address, an empty token": [
        environment({
          MODEL_KEY: "models/a.onnx",
          URL: "https://example.com:8080/a",
          TOKEN: "",
          TOKEN_LIMIT: "5",
        }),
      ],
    },
    fails: {
      "values that look like secrets": {
        stack: [
          environment({
            A: `AKIA${"ABCD".repeat(4)}`,
            B: "postgres://admin:hunter22@db/x",
            ORIGIN: `hf_${"aBcD".repeat(9)}`,
            MODEL: `sk-proj-${"aBcD".repeat(9)}`,
            REPOSITORY: `glpat-${"aBcD".repeat(5)}`,
            WORKFLOW: `github_pat_${"aBcD_".repeat(16)}`,
            REGISTRY: `npm_${"aBcD".repeat(9)}`,
            PAYMENT: `sk_live_${"aBcD".repeat(6)}`,
          }),
        ],
        says: [
          "iris: `A` holds an AWS access key; allowed: no secrets",
          "iris: `B` holds a password in an address; allowed: no secrets",
          "iris: `ORIGIN` holds a Hugging Face token; allowed: no secrets",
          "iris: `MODEL` holds a key of OpenAI or Anthropic; allowed: no secrets",
          "iris: `REPOSITORY` holds a GitLab token; allowed: no secrets",
          "iris: `WORKFLOW` holds a GitHub token; allowed: no secrets",
          "iris: `REGISTRY` holds an npm token; allowed: no secrets",
          "iris: `PAYMENT` holds a Stripe key; allowed: no secrets",
        ],
      },
    },
  },
  {
    rule: lambdaTracing,
    passes: { Active: [fn({ tracingConfig: { mode: "Active" } })] },
    fails: {
      PassThrough: {
        stack: [fn({ tracingConfig: { mode: "PassThrough" } })],
        says: ["iris: tracing mode PassThrough; allowed: Active"],
      },
      "tracing left out": { stack: [fn()], says: ["iris: tracing mode not set; allowed: Active"] },
    },
  },
  {
    rule: lambdaReservedConcurrency,
    passes: { ten: [fn({ reservedConcurrentExecutions: 10 })] },
    fails: {
      zero: {
        stack: [fn({ reservedConcurrentExecutions: 0 })],
        says: ["iris: reserved concurrency 0; allowed: a number of instances"],
      },
      none: { stack: [fn()], says: ["iris: no reserved concurrency; allowed: a number of instances"] },
      "-1": {
        stack: [fn({ reservedConcurrentExecutions: -1 })],
        says: ["iris: no reserved concurrency; allowed: a number of instances"],
      },
    },
  },
  {
    rule: lambdaJsonLogs,
    passes: { JSON: [fn({ loggingConfig: { logFormat: "JSON" } })] },
    fails: {
      text: {
        stack: [fn({ loggingConfig: { logFormat: "Text" } })],
        says: ["iris: log format Text; allowed: JSON"],
      },
      "the default": { stack: [fn()], says: ["iris: log format not set (then Text); allowed: JSON"] },
    },
  },
  {
    rule: lambdaLogGroup,
    passes: { "one of the stack": withLogGroup("/paddock/dev/iris") },
    fails: {
      "Lambda's own": {
        stack: [fn()],
        says: ["iris: no log group of the stack; allowed: a LogGroup of the stack"],
      },
      "one that Lambda makes again": {
        stack: withLogGroup("/aws/lambda/iris"),
        says: [
          "iris: log group /aws/lambda/iris, which Lambda makes again after a destroy; allowed: another prefix",
        ],
      },
    },
  },
  {
    rule: lambdaUrlAuth,
    passes: { AWS_IAM: [ruleResource(URL, "iris", { authorizationType: "AWS_IAM" })] },
    fails: {
      NONE: {
        stack: [ruleResource(URL, "iris", { authorizationType: "NONE" })],
        says: ["iris: authorization NONE; allowed: AWS_IAM"],
      },
    },
  },
  {
    rule: lambdaUrlPermissions,
    passes: {
      "both on the URL's alias": publicUrl("live", "live"),
      "a signed URL": [ruleResource(URL, "iris", { authorizationType: "AWS_IAM" })],
    },
    fails: {
      "the first alone": {
        stack: publicUrl("live", undefined),
        says: ["iris: no permission for lambda:InvokeFunction on qualifier live; allowed: both permissions"],
      },
      "the second on another qualifier": {
        stack: publicUrl("live", "old"),
        says: ["iris: no permission for lambda:InvokeFunction on qualifier live; allowed: both permissions"],
      },
      none: {
        stack: publicUrl(undefined, undefined),
        says: [
          "iris: no permission for lambda:InvokeFunctionUrl and lambda:InvokeFunction on qualifier live; allowed: both permissions",
        ],
      },
    },
  },
  {
    rule: lambdaMixedPermissions,
    passes: {
      "a ResourcePolicy alone": withResourcePolicy(),
      "a Permission of another function": withResourcePolicy(ruleResource(FUNCTION, "other")),
    },
    fails: {
      "a Permission beside it, of an alias": {
        stack: withResourcePolicy("its own"),
        says: ["iris: a ResourcePolicy beside Permission iris; allowed: one of the two"],
      },
    },
  },
  {
    rule: lambdaUrlRegion,
    passes: { "us-east-1": [ruleResource(URL, "iris", { region: "us-east-1" })] },
    fails: {
      "a region without": {
        stack: [ruleResource(URL, "iris", { region: "eu-central-2" })],
        says: ["iris: a function URL in eu-central-2; allowed: regions that offer them"],
      },
    },
  },
  {
    rule: lambdaLogLevel,
    passes: {
      INFO: [
        fn({ loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "WARN" } }),
      ],
      "the default": [fn({ loggingConfig: { logFormat: "JSON" } })],
    },
    fails: {
      "DEBUG and TRACE": {
        stack: [
          fn({ loggingConfig: { logFormat: "JSON", applicationLogLevel: "TRACE", systemLogLevel: "DEBUG" } }),
        ],
        says: [
          "iris: application log level TRACE; allowed: INFO, WARN, ERROR, FATAL",
          "iris: system log level DEBUG; allowed: INFO, WARN, ERROR, FATAL",
        ],
      },
    },
  },
  {
    rule: lambdaUrlCors,
    passes: {
      "origins by name": [ruleResource(URL, "iris", { cors: { allowOrigins: ["https://example.com"] } })],
      "no CORS": [ruleResource(URL, "iris", { authorizationType: "AWS_IAM" })],
    },
    fails: {
      "every origin": {
        stack: [ruleResource(URL, "iris", { cors: { allowOrigins: ["*"] } })],
        says: ["iris: CORS for every origin; allowed: origins by name"],
      },
    },
  },
  {
    rule: lambdaPermissionSource,
    passes: {
      "a service with a source": [
        permission({ principal: "sns.amazonaws.com", sourceArn: "arn:aws:sns:us-east-1:1:t" }),
      ],
      "a service with an account": [
        permission({ principal: "s3.amazonaws.com", sourceAccount: "123456789012" }),
      ],
      "everyone through the URL": [
        permission({ principal: "*", functionUrlAuthType: "NONE" }),
        permission({ principal: "*", invokedViaFunctionUrl: true }),
      ],
      "an account": [permission({ principal: "123456789012" })],
      "everyone through the URL, by a ResourcePolicy": [
        resourcePolicy(
          { Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } } },
          { Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } } },
        ),
      ],
      "an organisation": [permission({ principal: "*", principalOrgId: "o-a1b2c3d4e5" })],
    },
    fails: {
      "S3 without an account, whose buckets' names become free": {
        stack: [permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::b" })],
        says: ["(warning) iris: s3.amazonaws.com without a source account; allowed: `sourceAccount` too"],
      },
      everyone: {
        stack: [permission({ principal: "*" })],
        says: ["iris: principal `*`; allowed: a principal by name"],
      },
      "everyone, by a ResourcePolicy": {
        stack: [resourcePolicy({}, { Condition: { Bool: { "aws:SecureTransport": "true" } } })],
        says: Array(2).fill("iris: principal `*`; allowed: a principal by name"),
      },
      "everyone past the URL, and every account's principals through it": {
        stack: [
          permission({ principal: "*", invokedViaFunctionUrl: false }),
          permission({ principal: "*", functionUrlAuthType: "AWS_IAM" }),
        ],
        says: Array(2).fill("iris: principal `*`; allowed: a principal by name"),
      },
      "a service for any source": {
        stack: [permission({ principal: "apigateway.amazonaws.com" })],
        says: ["iris: apigateway.amazonaws.com for any source; allowed: a source ARN or account"],
      },
    },
  },
  {
    rule: lambdaOnnxruntimeTelemetry,
    passes: {
      "it off": withOnnxRuntime({ ORT_DISABLE_TELEMETRY: "1" }),
      "a function without ONNX Runtime": [
        fn({
          code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("") }) as never,
        }),
      ],
    },
    fails: {
      "it left on": {
        stack: withOnnxRuntime({}),
        says: ['iris: ORT_DISABLE_TELEMETRY not set; allowed: "1"'],
      },
      "it said otherwise": {
        stack: withOnnxRuntime({ ORT_DISABLE_TELEMETRY: "true" }),
        says: ['iris: ORT_DISABLE_TELEMETRY "true"; allowed: "1"'],
      },
    },
  },
  {
    rule: lambdaLayerArchitecture,
    passes: {
      "the same": withLayer(["arm64"], ["arm64"]),
      "the default": withLayer(undefined, ["x86_64"]),
      "a layer that does not say": withLayer(["arm64"], undefined),
    },
    fails: {
      another: {
        stack: withLayer(["arm64"], ["x86_64"]),
        says: ["iris: layer onnxruntime for x86_64; allowed: arm64"],
      },
    },
  },
  {
    rule: lambdaUrlQualifier,
    passes: { "an alias": [ruleResource(URL, "iris", { qualifier: "live" })] },
    fails: {
      $LATEST: {
        stack: [ruleResource(URL, "iris", { authorizationType: "NONE" })],
        says: ["iris: no qualifier; allowed: an alias"],
      },
    },
  },
  {
    rule: lambdaDescription,
    passes: { "a sentence": [fn({ description: "Names an iris by its measures" })] },
    fails: { none: { stack: [fn()], says: ["iris: no description; allowed: a sentence"] } },
  },
  {
    rule: lambdaSnapstart,
    passes: {
      none: [fn({ runtime: "nodejs24.x" })],
      Python: [fn({ runtime: "python3.13", snapStart: { applyOn: "PublishedVersions" } })],
    },
    fails: {
      "Node.js with a file system and a large /tmp": {
        stack: [
          fn({
            runtime: "nodejs24.x",
            snapStart: { applyOn: "PublishedVersions" },
            fileSystemConfig: { arn: "arn", localMountPath: "/mnt/models" },
            ephemeralStorage: { size: 1024 },
          }),
        ],
        says: [
          "iris: SnapStart with runtime nodejs24.x, a file system, 1024 MB of /tmp; allowed: no SnapStart",
        ],
      },
    },
  },
  {
    rule: lambdaMount,
    passes: {
      "/mnt/models in a VPC": [
        fn({
          fileSystemConfig: { arn: "arn", localMountPath: "/mnt/models" },
          vpcConfig: { subnetIds: ["a"], securityGroupIds: ["b"] },
        }),
      ],
      "no file system": [fn()],
    },
    fails: {
      "another path": {
        stack: [fn({ fileSystemConfig: { arn: "arn", localMountPath: "/models" } })],
        says: ["iris: a file system at /models; allowed: /mnt/<name>"],
      },
      "no VPC": {
        stack: [fn({ fileSystemConfig: { arn: "arn", localMountPath: "/mnt/models" } })],
        says: ["iris: a file system outside a VPC; allowed: a VPC"],
      },
    },
  },
  {
    rule: lambdaAfterMountTargets,
    passes: { "a function after all of them": mounted(), "a function without a file system": [fn()] },
    fails: {
      "a function that forgot a target": {
        stack: mounted("models-1"),
        says: ["iris: made before mount target models-1; allowed: after all of them"],
      },
      "a function that forgot the rules": {
        stack: mounted("from-functions", "to-targets"),
        says: [
          "(warning) iris: made before security group rule from-functions; allowed: after all of them",
          "(warning) iris: made before security group rule to-targets; allowed: after all of them",
        ],
      },
    },
  },
  {
    rule: costProvisionedConcurrency,
    limits: { maxInstances: 2 },
    passes: { "what is allowed": [warm(2)] },
    fails: {
      "one more": { stack: [warm(3)], says: ["iris: 3 instances kept warm; allowed: at most 2"] },
    },
  },
  {
    rule: lambdaFailureDestination,
    passes: {
      "a destination": notified({ config: {} }),
      "a destination of the alias that is called": notified({ alias: "live", config: { qualifier: "live" } }),
      "a dead letter queue": notified({ alias: "live", inputs: { deadLetterConfig: { targetArn: "arn" } } }),
    },
    fails: Object.fromEntries(
      Object.entries({
        neither: notified({}),
        "a destination of $LATEST, where an alias is called": notified({ alias: "live", config: {} }),
        "a destination of another alias": notified({ alias: "live", config: { qualifier: "next" } }),
      }).map(([what, stack]) => [
        what,
        { stack, says: ["uploads: iris drops events it fails at; allowed: a destination for failures"] },
      ]),
    ),
  },
  {
    rule: lambdaInVpc,
    passes: { one: [fn({ vpcConfig: { subnetIds: ["a"], securityGroupIds: ["b"] } })] },
    fails: {
      none: { stack: [fn()], says: ["iris: no VPC; allowed: a VPC"] },
      "one left undefined": { stack: [fn({ vpcConfig: undefined })], says: ["iris: no VPC; allowed: a VPC"] },
    },
  },
  {
    rule: lambdaCodeSigning,
    passes: { "signed code": [fn({ codeSigningConfigArn: "arn" })] },
    fails: {
      "unsigned code": {
        stack: [fn()],
        says: ["iris: no code signing; allowed: a code signing configuration"],
      },
    },
  },
  {
    rule: lambdaEnvironmentKey,
    passes: { "a key": [fn({ environment: { variables: {} }, kmsKeyArn: "arn" })], "no environment": [fn()] },
    fails: {
      "AWS's key": { stack: [environment({ A: "b" })], says: ["iris: AWS's key; allowed: a KMS key"] },
    },
  },
];
