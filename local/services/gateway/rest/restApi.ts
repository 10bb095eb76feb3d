import type { PolicyDocument } from "../../iam/policyDocument";
import type {
  Deployment,
  GatewayResponse,
  MethodThrottling,
  RestApiDefinition,
  RestIntegration,
  RestIntegrationResponse,
  RestMethod,
  RestResource,
  RestStage,
  Route,
  RouteMethod,
} from "./restApiDefinition";
import { TokenBucket } from "./tokenBucket";

/** A method and what was declared on it, in any order. */
interface MethodParts {
  method?: RestMethod;
  integration?: RestIntegration;
  readonly responses: Map<string, RestIntegrationResponse>;
}

/** A stage as it serves. */
export interface ServedStage {
  readonly stage: RestStage;
  readonly deployment: Deployment;
  /** The bucket that a request for a route has to take from, if any is declared. */
  throttle(route: Route, httpMethod: string): TokenBucket | undefined;
}

/** One REST API: what is declared of it, its deployments and its stages. Knows no HTTP. */
export class RestApi {
  definition: RestApiDefinition;
  /** Its resource policy; deployments keep the one that they were made with. */
  policy: PolicyDocument | undefined;
  readonly #resources = new Map<string, RestResource>();
  /** Keyed by resource id and method. */
  readonly #methods = new Map<string, MethodParts>();
  readonly #gatewayResponses = new Map<string, GatewayResponse>();
  readonly #deployments = new Map<string, Deployment>();
  readonly #stages = new Map<string, RestStage>();
  /** Keyed by stage name and method path. */
  readonly #throttling = new Map<string, TokenBucket>();

  constructor(definition: RestApiDefinition) {
    this.definition = definition;
  }

  putResource(resource: RestResource): void {
    this.#resources.set(resource.id, resource);
  }

  deleteResource(id: string): void {
    this.#resources.delete(id);
  }

  putMethod(resourceId: string, method: RestMethod): void {
    this.#parts(resourceId, method.httpMethod).method = method;
  }

  deleteMethod(resourceId: string, httpMethod: string): void {
    this.#methods.delete(`${resourceId} ${httpMethod}`);
  }

  putIntegration(resourceId: string, httpMethod: string, integration: RestIntegration | undefined): void {
    this.#parts(resourceId, httpMethod).integration = integration;
  }

  putIntegrationResponse(resourceId: string, httpMethod: string, response: RestIntegrationResponse): void {
    this.#parts(resourceId, httpMethod).responses.set(response.statusCode, response);
  }

  deleteIntegrationResponse(resourceId: string, httpMethod: string, statusCode: string): void {
    this.#parts(resourceId, httpMethod).responses.delete(statusCode);
  }

  putGatewayResponse(response: GatewayResponse): void {
    this.#gatewayResponses.set(response.responseType, response);
  }

  deleteGatewayResponse(responseType: string): void {
    this.#gatewayResponses.delete(responseType);
  }

  /** Freezes what is declared now. */
  createDeployment(id: string): void {
    this.#deployments.set(id, {
      id,
      api: this.definition,
      routes: [this.definition.rootResourceId, ...this.#resources.keys()].map((resourceId) =>
        this.#route(resourceId),
      ),
      gatewayResponses: new Map(this.#gatewayResponses),
      policy: this.policy,
    });
  }

  deleteDeployment(id: string): void {
    this.#deployments.delete(id);
  }

  putStage(stage: RestStage): void {
    if (!this.#deployments.has(stage.deploymentId)) {
      throw new Error(
        `the deployment ${stage.deploymentId} of the stage "${stage.stageName}" does not exist`,
      );
    }
    this.#stages.set(stage.stageName, stage);
  }

  deleteStage(stageName: string): void {
    this.#stages.delete(stageName);
  }

  /** Throttles a stage's method path, `path/METHOD` or the wildcard for all; `undefined` no longer. */
  putThrottling(stageName: string, methodPath: string, throttling: MethodThrottling | undefined): void {
    const key = `${stageName} ${methodPath}`;
    if (throttling) this.#throttling.set(key, new TokenBucket(throttling.rateLimit, throttling.burstLimit));
    else this.#throttling.delete(key);
  }

  /** A stage with the deployment that it serves. */
  stage(stageName: string): ServedStage | undefined {
    const stage = this.#stages.get(stageName);
    const deployment = stage && this.#deployments.get(stage.deploymentId);
    if (!deployment) return undefined;
    return {
      stage,
      deployment,
      throttle: (route, httpMethod) =>
        this.#throttling.get(`${stageName} ${route.path.slice(1)}/${httpMethod}`) ??
        this.#throttling.get(`${stageName} */*`),
    };
  }

  #parts(resourceId: string, httpMethod: string): MethodParts {
    const key = `${resourceId} ${httpMethod}`;
    const parts = this.#methods.get(key) ?? { responses: new Map() };
    this.#methods.set(key, parts);
    return parts;
  }

  #route(resourceId: string): Route {
    const methods = new Map<string, RouteMethod>();
    for (const [key, { method, integration, responses }] of this.#methods) {
      if (!method || !key.startsWith(`${resourceId} `)) continue;
      methods.set(method.httpMethod, {
        ...method,
        integration,
        integrationResponses: [...responses.values()],
      });
    }
    return { resourceId, path: this.#path(resourceId) || "/", methods };
  }

  #path(resourceId: string): string {
    const resource = this.#resources.get(resourceId);
    return resource ? `${this.#path(resource.parentId)}/${resource.pathPart}` : "";
  }
}
