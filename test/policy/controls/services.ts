import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { alarmAction } from "../../../policy/rules/alarm/action";
import { efsAccessPointRoot } from "../../../policy/rules/efs/accessPointRoot";
import { efsAccessPointUser } from "../../../policy/rules/efs/accessPointUser";
import { efsBackup } from "../../../policy/rules/efs/backup";
import { efsEncrypted } from "../../../policy/rules/efs/encrypted";
import { efsKms } from "../../../policy/rules/efs/kms";
import { kmsPublicKey } from "../../../policy/rules/kms/publicKey";
import { kmsRotation } from "../../../policy/rules/kms/rotation";
import { logsKms } from "../../../policy/rules/logs/kms";
import { logsRetention } from "../../../policy/rules/logs/retention";
import { policyPublicPrincipal } from "../../../policy/rules/policy/publicPrincipal";
import { sagemakerInstances } from "../../../policy/rules/sagemaker/instances";
import { sagemakerKms } from "../../../policy/rules/sagemaker/kms";
import { sagemakerNetworkIsolation } from "../../../policy/rules/sagemaker/networkIsolation";
import { stackTags } from "../../../policy/rules/stack/tags";
import type { ControlCases } from "../../helpers/policy/controlCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const alarm = (inputs: Partial<PropertiesOf<"aws:cloudwatch/metricAlarm:MetricAlarm">>) => [
  ruleResource("aws:cloudwatch/metricAlarm:MetricAlarm", "it", inputs),
];

const fileSystem = (inputs: Partial<PropertiesOf<"aws:efs/fileSystem:FileSystem">> = {}) =>
  ruleResource("aws:efs/fileSystem:FileSystem", "it", inputs);

const accessPoint = (inputs: Partial<PropertiesOf<"aws:efs/accessPoint:AccessPoint">>) => [
  ruleResource("aws:efs/accessPoint:AccessPoint", "it", inputs),
];

const backedUp = (status: string) => {
  const it = fileSystem();
  const inputs = { backupPolicy: { status } };
  return [it, ruleResource("aws:efs/backupPolicy:BackupPolicy", "it", inputs, { to: { fileSystemId: it } })];
};

const key = (inputs: Partial<PropertiesOf<"aws:kms/key:Key">>) => [
  ruleResource("aws:kms/key:Key", "it", inputs),
];

const logGroup = (inputs: Partial<PropertiesOf<"aws:cloudwatch/logGroup:LogGroup">> = {}) => [
  ruleResource("aws:cloudwatch/logGroup:LogGroup", "it", inputs),
];

const endpoint = (
  inputs: Partial<PropertiesOf<"aws:sagemaker/endpointConfiguration:EndpointConfiguration">>,
  initialInstanceCount = 2,
) => [
  ruleResource("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "it", {
    productionVariants: [{ modelName: "a", initialInstanceCount, instanceType: "ml.c5.large" }],
    ...inputs,
  }),
];

const model = (enableNetworkIsolation?: boolean) => [
  ruleResource("aws:sagemaker/model:Model", "it", { enableNetworkIsolation }),
];

const statement = (principal: unknown, effect = "Allow") =>
  JSON.stringify({ Statement: [{ Effect: effect, Principal: principal, Action: "kms:*", Resource: "*" }] });

const PUBLIC = {
  everyone: "*",
  "everyone by AWS": { AWS: "*" },
  "everyone among others": { AWS: ["arn:aws:iam::123456789101:role/a", "*"] },
  "a role of any account": { AWS: "arn:aws:iam::*:role/a" },
};

type PolicyToken =
  | "aws:ecr/repositoryPolicy:RepositoryPolicy"
  | "aws:sns/topicPolicy:TopicPolicy"
  | "aws:sqs/queue:Queue"
  | "aws:sqs/queuePolicy:QueuePolicy";

/** A control about policies of one service's resources. */
const ofPolicies = (control: string, type: PolicyToken): ControlCases => ({
  rule: policyPublicPrincipal,
  controls: [control],
  refuses: Object.fromEntries(
    Object.entries(PUBLIC).map(([who, principal]) => [
      `${who} in a ${type.split(":").at(-1)}`,
      [ruleResource(type, "it", { policy: statement(principal) })],
    ]),
  ),
  passes: {
    [`a denial in a ${type.split(":").at(-1)}`]: [
      ruleResource(type, "it", { policy: statement("*", "Deny") }),
    ],
    [`one role in a ${type.split(":").at(-1)}`]: [
      ruleResource(type, "it", { policy: statement({ AWS: "arn:aws:iam::123456789101:role/a" }) }),
    ],
  },
});

const OWNED = { project: "paddock", stack: "test" };

export const servicesControls: readonly ControlCases[] = [
  {
    rule: alarmAction,
    controls: ["CloudWatch.15"],
    refuses: { "an alarm without an action": alarm({ okActions: ["arn"] }) },
    passes: { "an alarm with an action": alarm({ alarmActions: ["arn"] }) },
  },
  {
    rule: alarmAction,
    controls: ["CloudWatch.17", "CKV_AWS_319"],
    refuses: { "actions that are off": alarm({ alarmActions: ["arn"], actionsEnabled: false }) },
    passes: { "actions that are on": alarm({ alarmActions: ["arn"], actionsEnabled: true }) },
  },
  {
    rule: efsAccessPointRoot,
    controls: ["EFS.3", "CKV_AWS_329"],
    refuses: {
      "an access point without a root directory": accessPoint({}),
      "the file system's root": accessPoint({ rootDirectory: { path: "/" } }),
    },
    passes: { "a folder": accessPoint({ rootDirectory: { path: "/models" } }) },
  },
  {
    rule: efsAccessPointUser,
    controls: ["EFS.4", "CKV_AWS_330"],
    refuses: { "an access point without a user": accessPoint({}) },
    passes: { "a user": accessPoint({ posixUser: { uid: 1000, gid: 1000 } }) },
  },
  {
    rule: efsBackup,
    controls: ["EFS.2", "EFS.7"],
    refuses: {
      "a file system without a backup": [fileSystem()],
      "backups that are off": backedUp("DISABLED"),
    },
    passes: { "backups that are on": backedUp("ENABLED") },
  },
  {
    rule: efsEncrypted,
    controls: ["EFS.1", "EFS.8", "CKV_AWS_42", "AwsSolutions-EFS1"],
    refuses: { "a file system in the clear": [fileSystem({ encrypted: false })] },
    passes: { "an encrypted file system": [fileSystem({ encrypted: true })] },
  },
  {
    rule: efsKms,
    controls: ["CKV_AWS_184"],
    refuses: { "AWS's key": [fileSystem({ encrypted: true })] },
    passes: { "a key of its own": [fileSystem({ encrypted: true, kmsKeyId: "arn" })] },
  },
  {
    rule: kmsPublicKey,
    controls: ["KMS.5", "CKV_AWS_33"],
    refuses: Object.fromEntries(
      Object.entries(PUBLIC).map(([who, principal]) => [who, key({ policy: statement(principal) })]),
    ),
    passes: {
      "AWS's default policy": key({}),
      "a denial for everyone": key({ policy: statement("*", "Deny") }),
      "the account": key({ policy: statement({ AWS: "arn:aws:iam::123456789101:root" }) }),
    },
  },
  {
    rule: kmsRotation,
    controls: ["KMS.4", "CKV_AWS_7"],
    refuses: { "a key without rotation": key({}) },
    passes: {
      "a key with rotation": key({ enableKeyRotation: true }),
      "a key that AWS cannot rotate": key({ customerMasterKeySpec: "RSA_2048" }),
    },
  },
  {
    rule: logsKms,
    controls: ["CKV_AWS_158"],
    refuses: { "a log group without a key": logGroup() },
    passes: { "a log group with a key": logGroup({ kmsKeyId: "arn" }) },
  },
  {
    rule: logsRetention,
    controls: ["CKV_AWS_66"],
    refuses: { "a log group without a retention": logGroup() },
    passes: { "a log group with a retention": logGroup({ retentionInDays: 30 }) },
  },
  ofPolicies("CKV_AWS_32", "aws:ecr/repositoryPolicy:RepositoryPolicy"),
  ofPolicies("CKV_AWS_168", "aws:sqs/queue:Queue"),
  ofPolicies("CKV_AWS_168", "aws:sqs/queuePolicy:QueuePolicy"),
  ofPolicies("CKV_AWS_169", "aws:sns/topicPolicy:TopicPolicy"),
  {
    rule: sagemakerInstances,
    controls: ["SageMaker.4"],
    refuses: { "one instance": endpoint({}, 1) },
    passes: { "two instances": endpoint({}, 2) },
  },
  {
    rule: sagemakerKms,
    controls: ["CKV_AWS_98"],
    refuses: { "an endpoint without a key": endpoint({}) },
    passes: { "an endpoint with a key": endpoint({ kmsKeyArn: "arn" }) },
  },
  {
    rule: sagemakerNetworkIsolation,
    controls: ["SageMaker.5", "CKV_AWS_370"],
    refuses: { "a model with network": model(), "a model that asks for it": model(false) },
    passes: { "a model without network": model(true) },
  },
  {
    rule: stackTags,
    controls: ["EFS.5"],
    refuses: { "an access point without tags": accessPoint({}) },
    passes: { "an access point with tags": accessPoint({ tags: OWNED }) },
  },
  {
    rule: stackTags,
    controls: ["Lambda.6"],
    refuses: { "a function without tags": [ruleResource("aws:lambda/function:Function", "it")] },
    passes: {
      "a function with tags": [ruleResource("aws:lambda/function:Function", "it", { tags: OWNED })],
    },
  },
];
