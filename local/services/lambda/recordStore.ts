/** Buckets for the records of failed events; what happens in them is done by a function's role. */
export interface RecordStore {
  /** @throws AwsError  Where the role could not put a record, as Lambda rejects such a destination. */
  check(roleArn: string, bucketArn: string): Promise<void>;
  put(roleArn: string, bucketArn: string, record: { key: string; document: object }): Promise<void>;
}
