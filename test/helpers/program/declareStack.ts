import path from "node:path";
import { type Declaration, type Declared, declare, readStackConfig } from "@paddock/local/program";
import { keptDeclaration } from "./keptDeclaration";

type Config = Readonly<Record<string, string>>;

/** Evaluations of this process: the program's sources do not change while tests run. */
const declared = new Map<string, Promise<Declaration>>();

/**
 * Declares a stack by the project's own program, with settings over those of its file; evaluates it once for all tests,
 * also those of later runs while its sources stay the same.
 */
export function declareStack(config: Config = {}, stack = "dev"): Promise<Declaration> {
  const key = JSON.stringify([config, stack]);
  const declaration = declared.get(key) ?? keptDeclaration(key, () => evaluateStack(config, stack));
  declared.set(key, declaration);
  return declaration;
}

/** Combinations of settings that tests share: one evaluation of each shows what every setting in it does. */
const COMBINATIONS: readonly { readonly stack: string; readonly config: Config }[] = [
  {
    stack: "dev",
    config: {
      accessLogs: "on-with-account-role",
      architecture: "x86_64",
      egress: "per-zone",
      endpointName: "Smoke-UNet",
      flowLogs: "false",
      forceDestroy: "false",
      logRetentionDays: "180",
      memorySize: "512",
      protect: "true",
      uploadDays: "30",
      volumeBackup: "false",
      volumeThroughput: "64",
      zones: "3",
    },
  },
  {
    stack: "dev",
    config: { apiAuth: "AWS_IAM", egress: "none", functionUrlAuth: "AWS_IAM", provisionedConcurrency: "1" },
  },
  {
    stack: "dev",
    config: {
      dataBucket: "unicorn-rides",
      fileSystemId: "fs-0123abcd",
      fileSystemSecurityGroupId: "sg-0123abcd",
      modelPath: "linear-learner-1/output/model.tar.gz",
      privateSubnetIds: '["subnet-0123abcd","subnet-4567abcd"]',
      provisionedConcurrency: "1",
      provisionedConcurrencyMax: "3",
      provisionedConcurrencySchedule: '["cron(0 7 ? * MON-FRI *) 5"]',
      vpcId: "vpc-0123abcd",
    },
  },
  {
    stack: "dev",
    config: {
      alarms: "true",
      alarmsTo: "arn:aws:sns:us-east-1:123456789012:ops",
      dashboard: "true",
      metrics: "true",
      monthlyBudget: "300",
      release: "linear10percentevery1minute",
    },
  },
  {
    stack: "prod",
    config: {
      alarmsTo: "ops@example.com",
      egress: "none",
      endpointName: "Smoke-UNet",
      permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
      rolePath: "/ml/",
      volumeThroughput: "16",
    },
  },
];

/** Declares a stack by the combination that has these settings, and others: a test names those it is about. */
export function declareWith(settings: Config, stack = "dev"): Promise<Declaration> {
  const found = COMBINATIONS.find(
    (one) =>
      one.stack === stack && Object.entries(settings).every(([key, value]) => one.config[key] === value),
  );
  if (found === undefined) {
    throw new Error(`No combination of the stack ${stack} has the settings ${JSON.stringify(settings)}.`);
  }
  return declareStack(found.config, stack);
}

/** Evaluates the project's own program for a stack. */
export function evaluateStack(config: Config = {}, stack = "dev"): Promise<Declaration> {
  const stackConfig = readStackConfig(path.resolve(__dirname, "../../.."), stack, config);
  return declare({ stackConfig, place: { accountId: "123456789012", region: "us-east-1" } });
}

/** The one resource of a type and name. */
export function find({ resources }: Declaration, type: string, name: string): Declared {
  const found = resources.filter((resource) => resource.type === type && resource.name === name);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} are called "${name}"`);
  return found[0] as Declared;
}
