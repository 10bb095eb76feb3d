/**
 * The event that S3 sends to a function.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export interface S3Event {
  readonly Records: readonly S3EventRecord[];
}

export interface S3EventRecord {
  readonly eventVersion: "2.1";
  readonly eventSource: "aws:s3";
  readonly awsRegion: string;
  /** ISO 8601. */
  readonly eventTime: string;
  /** Without `s3:`. */
  readonly eventName: S3EventName;
  readonly userIdentity: { readonly principalId: string };
  readonly requestParameters: { readonly sourceIPAddress: string };
  readonly responseElements: { readonly "x-amz-request-id": string; readonly "x-amz-id-2": string };
  readonly s3: {
    readonly s3SchemaVersion: "1.0";
    readonly configurationId: string;
    readonly bucket: {
      readonly name: string;
      readonly ownerIdentity: { readonly principalId: string };
      readonly arn: string;
    };
    readonly object: {
      /** Encoded as in a form: a space is `+`. */
      readonly key: string;
      readonly size?: number;
      readonly eTag?: string;
      readonly versionId?: string;
      /** Hexadecimal; of two events of one key the later has the greater. */
      readonly sequencer: string;
    };
  };
}

export type S3EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated";
