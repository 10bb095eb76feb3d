import type { PolicyDocument } from "../../iam/policyDocument";

/** A REST API as it is declared, in API Gateway's words. */
export interface RestApiDefinition {
  readonly id: string;
  readonly name: string;
  readonly rootResourceId: string;
  readonly binaryMediaTypes: readonly string[];
  /** Answers nobody on its own address; a domain is reached otherwise, and there are none here. @default false */
  readonly disableExecuteApiEndpoint?: boolean;
  /** Bytes from which on responses are compressed for callers that want it. @default none is */
  readonly minimumCompressionSize?: number;
}

export interface RestResource {
  readonly id: string;
  readonly parentId: string;
  /** Literal, `{parameter}` or `{greedy+}`. */
  readonly pathPart: string;
}

export interface RestMethod {
  /** `ANY` or a method. */
  readonly httpMethod: string;
  readonly authorization: "NONE" | "AWS_IAM";
  /** Whether callers send `x-api-key`, a key of a usage plan for the stage. @default false */
  readonly apiKeyRequired?: boolean;
}

export type RestIntegration = ProxyIntegration | MockIntegration;

/** Lambda proxy integration. */
export interface ProxyIntegration {
  readonly type: "AWS_PROXY";
  /** ARN of function, version or alias. */
  readonly functionArn: string;
  readonly timeoutMilliseconds: number;
  /** A role invokes in place of `apigateway.amazonaws.com`: the function's policy is not asked. */
  readonly withCredentials: boolean;
}

/** A response without a backend. */
export interface MockIntegration {
  readonly type: "MOCK";
  /** The request template's status, which selects the integration response. */
  readonly statusCode: number;
}

export interface RestIntegrationResponse {
  readonly statusCode: string;
  /** Regular expression over the integration's status; none: the default response. */
  readonly selectionPattern?: string;
  /** `method.response.header.<name>` to `'literal'`. */
  readonly responseParameters: Readonly<Record<string, string>>;
  /** Media type to body. */
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** The gateway's own responses, by response type (`DEFAULT_4XX`, `THROTTLED`, …). */
export interface GatewayResponse {
  readonly responseType: string;
  readonly statusCode?: string;
  /** `gatewayresponse.header.<name>` to `'literal'`. */
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface RestStage {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly accessLog?: { readonly destinationArn: string; readonly format: string };
}

export interface MethodThrottling {
  /** Requests a second. */
  readonly rateLimit: number;
  /** Requests at once. */
  readonly burstLimit: number;
}

/** One resource of a deployment with its methods. */
export interface Route {
  readonly resourceId: string;
  /** `/models/{name}` */
  readonly path: string;
  readonly methods: ReadonlyMap<string, RouteMethod>;
}

export interface RouteMethod extends RestMethod {
  readonly integration?: RestIntegration;
  readonly integrationResponses: readonly RestIntegrationResponse[];
}

/** The API as a deployment froze it: a stage serves this, whatever changed since. */
export interface Deployment {
  readonly id: string;
  readonly api: RestApiDefinition;
  readonly routes: readonly Route[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  /** Who may call the API; everyone where there is none. */
  readonly policy: PolicyDocument | undefined;
}
