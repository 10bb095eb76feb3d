import type { ModelSource } from "./models/modelSource";
import type { SharedParts } from "./sharedParts";
import type { UploadAccess } from "./uploadBucket";

/** The arguments of an endpoint in `index.ts`. */
export interface EndpointArgs {
  /** Parts that all endpoints of the stack share. */
  readonly shared: SharedParts;
  readonly model: ModelSource;
  /**
   * Runtime of a model of the source `bundle`. `javascript` is for trees and linear models: it needs no layer and takes
   * less time for a warm request; `npm run model -- compare` must have found that both give the same results.
   *
   * @default "onnxruntime"
   */
  readonly evaluator?: "onnxruntime" | "javascript";
  /** Paths on the REST API. @default the endpoint's name */
  readonly paths?: readonly string[];
  /** MB, 128 to 3008. @default the stack's setting */
  readonly memorySize?: number;
  /** Seconds. @default the stack's setting */
  readonly timeout?: number;
  /** Whether the function asks versions beside the one that answers, by invoking itself. @default false */
  readonly shadows?: boolean;
  /** Access to the stack's upload bucket. @default none */
  readonly uploads?: UploadAccess;
}
