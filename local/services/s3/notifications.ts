import { matchesWildcard } from "../iam/matchesWildcard";
import { awsUriEncode } from "../iam/sigv4/awsUriEncode";
import type { S3EventName, S3EventRecord } from "./s3Event";
import type { S3Options } from "./s3Options";
import type { LambdaFunctionConfiguration } from "./store/bucketConfiguration";
import type { BucketStore } from "./store/bucketStore";
import { requestIds } from "./wire/response";

/** A change of an object, as its bucket's notifications tell it. */
export interface ObjectEvent {
  readonly name: S3EventName;
  readonly key: string;
  readonly versionId?: string;
  readonly size?: number;
  readonly etag?: string;
  readonly time: Date;
  /** IAM's unique id of the caller. */
  readonly principalId: string;
  readonly sourceIp: string;
  readonly requestId: string;
}

/** Sends events of a bucket's objects to functions, as its notification configuration says. */
export class Notifier {
  readonly #deliveries = new Set<Promise<void>>();
  #sequence = BigInt(Date.now()) << 20n;
  readonly #options: Pick<S3Options, "region" | "accountId" | "invoke" | "log">;

  constructor(options: Pick<S3Options, "region" | "accountId" | "invoke" | "log">) {
    this.#options = options;
  }

  /** Does not wait for the functions; a delivery that fails is logged, and the uploader does not see it. */
  notify(bucket: BucketStore, event: ObjectEvent): void {
    for (const configuration of bucket.configuration.lambdaFunctionConfigurations ?? []) {
      const functionArn = configuration.LambdaFunctionArn;
      if (functionArn === undefined || !concerns(configuration, event)) continue;
      const record = this.#record(bucket, configuration, event);
      const delivery: Promise<void> = this.#options
        .invoke(functionArn, { Records: [record] })
        .catch((error: unknown) =>
          this.#options.log(`s3: ${event.name} of ${bucket.name}/${event.key} not delivered: ${error}`),
        )
        .finally(() => this.#deliveries.delete(delivery));
      this.#deliveries.add(delivery);
    }
  }

  /** Waits for the deliveries that are going on. */
  async drained(): Promise<void> {
    await Promise.all(this.#deliveries);
  }

  #record(
    { name }: BucketStore,
    configuration: LambdaFunctionConfiguration,
    event: ObjectEvent,
  ): S3EventRecord {
    const owner = { principalId: this.#options.accountId };
    this.#sequence += 1n;
    return {
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: this.#options.region,
      eventTime: event.time.toISOString(),
      eventName: event.name,
      userIdentity: { principalId: `AWS:${event.principalId}` },
      requestParameters: { sourceIPAddress: event.sourceIp },
      responseElements: requestIds(event.requestId),
      s3: {
        s3SchemaVersion: "1.0",
        configurationId: configuration.Id ?? "",
        bucket: { name, ownerIdentity: owner, arn: `arn:aws:s3:::${name}` },
        object: {
          key: awsUriEncode(event.key, { keepSlash: true }).replaceAll("%20", "+"),
          size: event.size,
          eTag: event.etag,
          versionId: event.versionId === "null" ? undefined : event.versionId,
          sequencer: this.#sequence.toString(16).toUpperCase().padStart(18, "0"),
        },
      },
    };
  }
}

function concerns({ Events = [], Filter }: LambdaFunctionConfiguration, { name, key }: ObjectEvent): boolean {
  const rules = Filter?.Key?.FilterRules ?? [];
  return (
    Events.some((pattern) => matchesWildcard(pattern, `s3:${name}`)) &&
    rules.every(({ Name, Value = "" }) =>
      Name?.toLowerCase() === "suffix" ? key.endsWith(Value) : key.startsWith(Value),
    )
  );
}
