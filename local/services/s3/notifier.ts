import { matchesWildcard } from "../iam/matchesWildcard";
import { awsUriEncode } from "../iam/sigv4/awsUriEncode";
import type { S3EventName, S3EventRecord } from "./s3Event";
import type { S3Options } from "./s3Options";
import type { LambdaFunctionConfiguration } from "./store/bucketConfiguration";
import type { BucketStore } from "./store/bucketStore";

/** Something that happened to an object. */
export interface Happening {
  readonly name: S3EventName;
  readonly key: string;
  readonly versionId?: string;
  readonly size?: number;
  readonly etag?: string;
  readonly time: Date;
  /** IAM's unique id of who did it. */
  readonly principalId: string;
  readonly sourceAddress: string;
  readonly requestId: string;
}

/** Tells functions what happened to a bucket's objects, as its notification configuration says. */
export class Notifier {
  private readonly deliveries = new Set<Promise<void>>();
  private sequence = BigInt(Date.now()) << 20n;

  constructor(private readonly options: Pick<S3Options, "region" | "accountId" | "invoke" | "log">) {}

  /** Does not wait for the functions, and a delivery that fails is logged, never the uploader's problem. */
  notify(bucket: BucketStore, happening: Happening): void {
    for (const configuration of bucket.configuration.lambdaFunctionConfigurations ?? []) {
      const functionArn = configuration.LambdaFunctionArn;
      if (functionArn === undefined || !concerns(configuration, happening)) continue;
      const record = this.record(bucket, configuration, happening);
      const delivery: Promise<void> = this.options
        .invoke(functionArn, { Records: [record] })
        .catch((error: unknown) =>
          this.options.log(
            `s3: ${happening.name} of ${bucket.name}/${happening.key} not delivered: ${error}`,
          ),
        )
        .finally(() => this.deliveries.delete(delivery));
      this.deliveries.add(delivery);
    }
  }

  /** When all deliveries under way have ended. */
  async drained(): Promise<void> {
    await Promise.all(this.deliveries);
  }

  private record(
    { name }: BucketStore,
    configuration: LambdaFunctionConfiguration,
    happening: Happening,
  ): S3EventRecord {
    const owner = { principalId: this.options.accountId };
    this.sequence += 1n;
    return {
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: this.options.region,
      eventTime: happening.time.toISOString(),
      eventName: happening.name,
      userIdentity: { principalId: `AWS:${happening.principalId}` },
      requestParameters: { sourceIPAddress: happening.sourceAddress },
      responseElements: { "x-amz-request-id": happening.requestId, "x-amz-id-2": happening.requestId },
      s3: {
        s3SchemaVersion: "1.0",
        configurationId: configuration.Id ?? "",
        bucket: { name, ownerIdentity: owner, arn: `arn:aws:s3:::${name}` },
        object: {
          key: awsUriEncode(happening.key, { keepSlash: true }).replaceAll("%20", "+"),
          size: happening.size,
          eTag: happening.etag,
          versionId: happening.versionId === "null" ? undefined : happening.versionId,
          sequencer: this.sequence.toString(16).toUpperCase().padStart(18, "0"),
        },
      },
    };
  }
}

function concerns({ Events = [], Filter }: LambdaFunctionConfiguration, { name, key }: Happening): boolean {
  const rules = Filter?.Key?.FilterRules ?? [];
  return (
    Events.some((pattern) => matchesWildcard(pattern, `s3:${name}`)) &&
    rules.every(({ Name, Value = "" }) =>
      Name?.toLowerCase() === "suffix" ? key.endsWith(Value) : key.startsWith(Value),
    )
  );
}
