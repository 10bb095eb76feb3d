/** A caller's request to the model of an endpoint. */
export interface ModelRequest {
  readonly body: Buffer;
  readonly contentType: string;
  readonly accept: string;
}

export interface ModelResponse {
  readonly body: Buffer;
  readonly contentType: string;
}

/** A SageMaker endpoint: what answers in its model's place. Throws a `AwsError` to fail as AWS does. */
export type ModelEndpoint = (request: ModelRequest) => Promise<ModelResponse>;
