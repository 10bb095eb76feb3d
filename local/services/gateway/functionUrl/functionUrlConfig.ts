/** A function URL as it is declared, in Lambda's words. */
export interface FunctionUrlConfig {
  /** `url-id` of AWS's host name. */
  readonly urlId: string;
  readonly functionName: string;
  /** Alias; none: `$LATEST`. */
  readonly qualifier?: string;
  readonly authorizationType: "NONE" | "AWS_IAM";
  readonly cors?: Cors;
}

export interface Cors {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowOrigins?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
}
