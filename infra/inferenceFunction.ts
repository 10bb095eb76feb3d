import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logGroupArn, regionalArn } from "./arns";
import {
  type FailureBucket,
  keepFailures,
  manageNetworkInterfaces,
  mountFileSystem,
  WRITE_TRACES,
} from "./functionGrants";
import { createLogGroup } from "./logGroup";
import type { FileSystemMount } from "./modelVolume";
import type { VpcAttachment } from "./network";
import { NODEJS_RUNTIME } from "./nodejsRuntime";
import { FunctionAlarms } from "./operations/functionAlarms";
import { FunctionReleases } from "./operations/functionReleases";
import type { Operations } from "./operations/operations";
import { ProvisionedConcurrency } from "./operations/provisionedConcurrency";
import { type ArtifactStore, codeOf } from "./packaging/artifactStore";
import type { Archive } from "./packaging/writeArchive";
import { allow, type Grant, policyDocument } from "./policyDocument";
import { createServiceRole } from "./serviceRole";
import type { Settings } from "./settings";

export interface InferenceFunctionArgs {
  readonly settings: Settings;
  /** The bundled handler with its files. Handler: `index.handler`. */
  readonly archive: Archive;
  /** The bucket for an archive over 50 MB. */
  readonly artifacts: ArtifactStore;
  readonly operations: Operations;
  /**
   * Whether callers wait for its responses: it is released in steps, as the stack's settings say, and has instances started
   * ahead. @default false: services invoke it
   */
  readonly isEndpoint?: boolean;
  /** One sentence, shown in AWS's console. */
  readonly description: string;
  /** ARNs of layer versions, at most 5. */
  readonly layers?: readonly pulumi.Input<string>[];
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Permissions of the role, in addition to logs and traces. @default none */
  readonly permissions?: readonly Grant[];
  /** MB, 128 to 3008. @default the stack's setting */
  readonly memorySize?: number;
  /** Seconds. @default the stack's setting */
  readonly timeout?: number;
  /** The network it runs in. @default none */
  readonly vpc?: VpcAttachment;
  /** Needs `vpc`. @default none */
  readonly fileSystem?: FileSystemMount;
  /**
   * The place where Lambda keeps asynchronous events that failed three times, or were throttled for six hours: a bucket
   * of this account. For functions that S3 or another service invokes.
   *
   * @default they are dropped
   */
  readonly failures?: FailureBucket;
  /**
   * How often Lambda tries an asynchronous event again.
   *
   * @default 2, one and two minutes later
   */
  readonly retries?: 0 | 1 | 2;
  /** Whether it may invoke itself, by its alias. @default false */
  readonly invokesItself?: boolean;
}

/**
 * A Lambda function with its own role and log group, published: URL, API and permissions point to the alias `live`,
 * since moving them to an alias later would change the URL.
 */
export class InferenceFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly alias: aws.lambda.Alias;
  readonly role: aws.iam.Role;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /**
   * ARN of the alias, built from the function's name: unlike the resource's output, it is known before the first
   * deployment, and so are policies with it.
   */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: InferenceFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:InferenceFunction", name, {}, opts);
    const { settings, operations, isEndpoint = false, vpc, fileSystem, failures } = args;
    const timeout = args.timeout ?? settings.timeout;
    const isReleased = isEndpoint && settings.release !== "all";
    if (fileSystem && !vpc) {
      throw new Error(
        `InferenceFunction "${name}": \`fileSystem\` needs \`vpc\`, since EFS is reached in its VPC.`,
      );
    }
    const child = { parent: this };

    this.role = createServiceRole(
      name,
      { settings, description: `What the ${name} function may do`, service: "lambda.amazonaws.com" },
      child,
    );
    this.logGroup = createLogGroup(name, this.role.name, settings, child);
    const grants: Grant[] = [
      {
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [pulumi.interpolate`${logGroupArn(this.logGroup, child)}:*`],
      },
      ...(settings.tracing ? [WRITE_TRACES] : []),
      ...(vpc ? manageNetworkInterfaces(this) : []),
      ...(fileSystem ? [mountFileSystem(fileSystem)] : []),
      ...(failures ? keepFailures(failures, this) : []),
      ...(args.permissions ?? []),
    ];
    const rolePolicy = new aws.iam.RolePolicy(
      name,
      { role: this.role.id, policy: policyDocument(...grants.map(allow)) },
      child,
    );
    this.function = new aws.lambda.Function(
      name,
      {
        description: args.description,
        role: this.role.arn,
        runtime: NODEJS_RUNTIME,
        handler: "index.handler",
        architectures: [settings.platform.architecture],
        ...codeOf(name, args.archive, args.artifacts, this),
        layers: [...(args.layers ?? [])],
        environment: {
          variables: {
            // Turns off onnxruntime-node's telemetry client, which costs about 10 ms of the first request.
            ORT_DISABLE_TELEMETRY: "1",
            ...(settings.metrics && { METRICS_NAMESPACE: settings.project }),
            ...(vpc && { EGRESS: vpc.egress }),
            ...args.environment,
          },
        },
        vpcConfig: vpc && {
          subnetIds: [...vpc.subnetIds],
          securityGroupIds: [...vpc.securityGroupIds],
        },
        fileSystemConfig: fileSystem && {
          arn: fileSystem.accessPointArn,
          localMountPath: fileSystem.localMountPath,
        },
        memorySize: args.memorySize ?? settings.memorySize,
        timeout,
        reservedConcurrentExecutions: settings.reservedConcurrency,
        tracingConfig: { mode: settings.tracing ? "Active" : "PassThrough" },
        loggingConfig: { logFormat: "JSON", logGroup: this.logGroup.name },
        publish: true,
        tags: settings.tags,
      },
      // The first invocation may come as soon as the function exists; and Lambda creates network interfaces and mounts
      // the file system while it creates the function.
      {
        ...child,
        dependsOn: [rolePolicy, ...(vpc?.dependsOn ?? []), ...(fileSystem?.dependsOn ?? [])],
      },
    );
    this.alias = new aws.lambda.Alias(
      name,
      {
        name: "live",
        description: "The version that answers",
        functionName: this.function.name,
        functionVersion: this.function.version,
      },
      {
        ...child,
        deletedWith: this.function,
        // After the first deployment, requests move to another version by a release only.
        ...(isReleased && { ignoreChanges: ["functionVersion", "routingConfig"] }),
      },
    );
    this.arn = regionalArn(
      "lambda",
      pulumi.interpolate`function:${this.function.name}:${this.alias.name}`,
      child,
    );
    if (args.invokesItself) {
      // A policy of its own: the other one has to be there before the function, and this one names the function.
      new aws.iam.RolePolicy(
        `${name}-itself`,
        {
          role: this.role.id,
          policy: policyDocument(allow({ actions: ["lambda:InvokeFunction"], resources: [this.arn] })),
        },
        child,
      );
    }
    const alarms = settings.alarms
      ? new FunctionAlarms(
          name,
          { settings, function: this.function, timeout, isEndpoint, topic: operations.topic() },
          child,
        ).ofReleases
      : [];
    if (isReleased) {
      const releases = operations.releases();
      new FunctionReleases(name, { settings, releases, aliasArn: this.arn, alarms }, child);
    }
    if (isEndpoint && settings.provisionedConcurrency.instances > 0) {
      new ProvisionedConcurrency(name, { settings, alias: this.alias }, child);
    }
    if (failures || args.retries !== undefined) {
      new aws.lambda.FunctionEventInvokeConfig(
        name,
        {
          functionName: this.alias.functionName,
          qualifier: this.alias.name,
          destinationConfig: failures && { onFailure: { destination: failures.arn } },
          maximumRetryAttempts: args.retries,
        },
        // The permissions exist already: the function depends on them.
        { ...child, deletedWith: this.function },
      );
    }
    this.registerOutputs({ arn: this.alias.arn });
  }
}
