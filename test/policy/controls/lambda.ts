import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { lambdaCodeSigning } from "../../../policy/rules/lambda/codeSigning";
import { lambdaEnvironmentKey } from "../../../policy/rules/lambda/environmentKey";
import { lambdaEnvironmentSecrets } from "../../../policy/rules/lambda/environmentSecrets";
import { lambdaInVpc } from "../../../policy/rules/lambda/inVpc";
import { lambdaMemory } from "../../../policy/rules/lambda/memory";
import { lambdaPermissionSource } from "../../../policy/rules/lambda/permissionSource";
import { lambdaReservedConcurrency } from "../../../policy/rules/lambda/reservedConcurrency";
import { lambdaRuntimeSupported } from "../../../policy/rules/lambda/runtimeSupported";
import { lambdaTimeout } from "../../../policy/rules/lambda/timeout";
import { lambdaTracing } from "../../../policy/rules/lambda/tracing";
import { lambdaUrlAuth } from "../../../policy/rules/lambda/urlAuth";
import { lambdaUrlCors } from "../../../policy/rules/lambda/urlCors";
import type { ControlCases } from "../../helpers/policy/controlCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const fn = (inputs: Partial<PropertiesOf<"aws:lambda/function:Function">> = {}) => [
  ruleResource("aws:lambda/function:Function", "it", inputs),
];

const url = (inputs: Partial<PropertiesOf<"aws:lambda/functionUrl:FunctionUrl">>) => [
  ruleResource("aws:lambda/functionUrl:FunctionUrl", "it", inputs),
];

const permission = (inputs: Partial<PropertiesOf<"aws:lambda/permission:Permission">>) => [
  ruleResource("aws:lambda/permission:Permission", "it", { action: "lambda:InvokeFunction", ...inputs }),
];

const environment = (variables: Record<string, string>) => ({ environment: { variables } });

/** Checkov's list; Security Hub's is of the runtimes that AWS supports. */
const DEPRECATED = [
  ...["nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x"],
  ...["nodejs14.x", "nodejs16.x", "python2.7", "python3.6", "python3.7", "python3.9", "java8", "go1.x"],
  ...["dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet5.0", "dotnet6", "dotnet7"],
  ...["ruby2.5", "ruby2.7", "provided"],
];

export const lambdaControls: readonly ControlCases[] = [
  {
    rule: lambdaCodeSigning,
    controls: ["CKV_AWS_272"],
    refuses: { "a function without a code signing configuration": fn() },
    passes: { "one that has it": fn({ codeSigningConfigArn: "arn" }) },
  },
  {
    rule: lambdaEnvironmentKey,
    controls: ["CKV_AWS_173"],
    refuses: { "an environment without a key": fn(environment({ A: "b" })) },
    passes: { "an environment with a key": fn({ ...environment({ A: "b" }), kmsKeyArn: "arn" }) },
  },
  {
    rule: lambdaEnvironmentSecrets,
    controls: ["CKV_AWS_45"],
    refuses: {
      "an access key's id": fn(environment({ ID: ["AKIA", "Z7QX3PLM9RT4VW2N"].join("") })),
      "a secret access key": fn(
        environment({
          AWS_SECRET_KEY: ["q8Zt3xKp", "L0vBn6Wm", "4RsY2cHd", "9JfGa7Te", "5UoQi1Nb"].join(""),
        }),
      ),
      "a private key": fn(
        environment({
          KEY: ["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA", "x7n2Qk5v".repeat(6)].join(""),
        }),
      ),
    },
    passes: {
      "no environment": fn(),
      "settings, and a digest under a key's name": fn(
        environment({ BUCKET: "data", CACHE_KEY: "da39a3ee5e6b4b0d3255bfef95601890afd80709" }),
      ),
    },
  },
  {
    rule: lambdaInVpc,
    controls: ["Lambda.3", "CKV_AWS_117"],
    refuses: { "a function without a VPC": fn() },
    passes: { "one in a VPC": fn({ vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] } }) },
  },
  {
    rule: lambdaMemory,
    controls: ["Serverless-LambdaDefaultMemorySize"],
    refuses: { "the default memory": fn() },
    passes: { "a memory size": fn({ memorySize: 512 }) },
  },
  {
    rule: lambdaPermissionSource,
    controls: ["Lambda.1", "CKV_AWS_301", "HIPAA.Security-LambdaFunctionPublicAccessProhibited"],
    refuses: { "everyone as principal": permission({ principal: "*" }) },
    passes: { "an account as principal": permission({ principal: "123456789012" }) },
  },
  {
    rule: lambdaPermissionSource,
    controls: ["Lambda.1"],
    refuses: {
      "everyone, in a policy of its own": [
        ruleResource("aws:lambda/resourcePolicy:ResourcePolicy", "it", {
          policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "lambda:InvokeFunction" }],
          }),
        }),
      ],
      "S3 without the bucket's account": permission({
        principal: "s3.amazonaws.com",
        sourceArn: "arn:aws:s3:::data",
      }),
    },
    passes: {
      "S3 with the bucket's account": permission({
        principal: "s3.amazonaws.com",
        sourceArn: "arn:aws:s3:::data",
        sourceAccount: "123456789012",
      }),
    },
  },
  {
    rule: lambdaPermissionSource,
    controls: ["CKV_AWS_364"],
    refuses: { "a service for any source": permission({ principal: "events.amazonaws.com" }) },
    passes: {
      "a service for one source": permission({ principal: "events.amazonaws.com", sourceArn: "arn" }),
      "a service for one account": permission({
        principal: "events.amazonaws.com",
        sourceAccount: "123456789012",
      }),
    },
  },
  {
    rule: lambdaReservedConcurrency,
    controls: ["CKV_AWS_115", "HIPAA.Security-LambdaConcurrency"],
    refuses: { "no limit of its own": fn() },
    passes: { "a limit of its own": fn({ reservedConcurrentExecutions: 5 }) },
  },
  {
    rule: lambdaReservedConcurrency,
    controls: ["CKV_AWS_115"],
    refuses: { "the value for no limit": fn({ reservedConcurrentExecutions: -1 }) },
    passes: { "a limit of its own": fn({ reservedConcurrentExecutions: 5 }) },
  },
  {
    rule: lambdaReservedConcurrency,
    controls: ["HIPAA.Security-LambdaConcurrency"],
    refuses: { "a limit of 0": fn({ reservedConcurrentExecutions: 0 }) },
    passes: { "a limit of its own": fn({ reservedConcurrentExecutions: 5 }) },
  },
  {
    rule: lambdaRuntimeSupported,
    controls: ["Lambda.2", "CKV_AWS_363"],
    refuses: Object.fromEntries(DEPRECATED.map((runtime) => [runtime, fn({ runtime })])),
    passes: Object.fromEntries(
      ["nodejs22.x", "nodejs24.x", "python3.13", "java21", "dotnet8", "ruby3.4", "provided.al2023"].map(
        (runtime) => [runtime, fn({ runtime })],
      ),
    ),
  },
  {
    rule: lambdaTimeout,
    controls: ["Serverless-LambdaDefaultTimeout"],
    refuses: { "the default timeout": fn() },
    passes: { "a timeout": fn({ timeout: 10 }) },
  },
  {
    rule: lambdaTracing,
    controls: ["Lambda.7", "CKV_AWS_50", "Serverless-LambdaTracing"],
    refuses: { "a function without tracing": fn() },
    passes: { "active tracing": fn({ tracingConfig: { mode: "Active" } }) },
  },
  {
    rule: lambdaTracing,
    controls: ["Lambda.7", "Serverless-LambdaTracing"],
    refuses: { "tracing that is passed through": fn({ tracingConfig: { mode: "PassThrough" } }) },
    passes: { "active tracing": fn({ tracingConfig: { mode: "Active" } }) },
  },
  {
    rule: lambdaUrlAuth,
    controls: ["CKV_AWS_258"],
    refuses: { "a URL for everyone": url({ authorizationType: "NONE" }) },
    passes: { "a URL for IAM": url({ authorizationType: "AWS_IAM" }) },
  },
  {
    rule: lambdaUrlCors,
    controls: ["CKV2_AWS_75"],
    refuses: { "every origin and method": url({ cors: { allowOrigins: ["*"], allowMethods: ["*"] } }) },
    passes: {
      "one origin": url({ cors: { allowOrigins: ["https://example.com"], allowMethods: ["POST"] } }),
      "no CORS": url({ authorizationType: "AWS_IAM" }),
    },
  },
];
