import { hash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ACCESS_LOG_FORMAT } from "./accessLogFormat";
import { ApiGatewayAccount } from "./apiGatewayAccount";
import type { InferenceFunction } from "./inferenceFunction";
import { createLogGroup } from "./logGroup";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

/** One path of the API and the function that answers there, whatever the method. */
export interface Route {
  /** Without a slash at the front, e.g. `iris`, `smoke-segmentation/uploads`, `v2/{proxy+}`. */
  readonly path: string;
  readonly function: InferenceFunction;
}

export interface InferenceApiArgs {
  readonly settings: Settings;
  /** Every route: the API is deployed once, after the last of them. */
  readonly routes: readonly Route[];
}

/** API Gateway's default limit for an integration, in ms: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const INTEGRATION_TIMEOUT_MS = 29_000;

const STAGE = "prod";

/** The REST API of all endpoints: a resource per path, Lambda proxy integration for any method, stage `prod`. */
export class InferenceApi extends pulumi.ComponentResource {
  readonly restApi: aws.apigateway.RestApi;
  readonly stage: aws.apigateway.Stage;
  /** The API's address, with the stage and without a slash at the end. */
  readonly url: pulumi.Output<string>;

  readonly #settings: Settings;
  readonly #child: pulumi.CustomResourceOptions = { parent: this };
  /** Options for resources that AWS deletes with the API; deleting them one by one would hit its rate limit. */
  readonly #part: pulumi.CustomResourceOptions;
  readonly #name: string;

  constructor(name: string, { settings, routes }: InferenceApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:InferenceApi", name, {}, opts);
    this.#name = name;
    this.#settings = settings;
    this.restApi = new aws.apigateway.RestApi(
      name,
      {
        description: `Inference endpoints of ${settings.project}/${settings.stack}`,
        endpointConfiguration: { types: "REGIONAL" },
        // Every body reaches the function as bytes: tensors and images are not text.
        binaryMediaTypes: ["*/*"],
        tags: settings.tags,
      },
      // Its address has the API's id, which callers know.
      { ...this.#child, protect: settings.protect },
    );
    this.#part = { ...this.#child, deletedWith: this.restApi };
    const resources = this.#createResources(routes);
    const integrations = routes.flatMap((route) => this.#createRoute(route, resources));
    const errorResponses = this.#createErrorResponses();
    const parts = [...integrations, ...errorResponses, ...this.#createPolicy()];
    const deployment = this.#createDeployment(routes, parts);
    this.stage = this.#createStage(deployment);
    this.#createThrottling();
    this.url = this.stage.invokeUrl;
    this.registerOutputs({ url: this.url });
  }

  /** A resource per segment of every path; `a/b` and `a` share the one of `a`. */
  #createResources(routes: readonly Route[]): ReadonlyMap<string, aws.apigateway.Resource> {
    const resources = new Map<string, aws.apigateway.Resource>();
    for (const { path } of routes) {
      const segments = path.split("/");
      for (const [depth, pathPart] of segments.entries()) {
        const key = segments.slice(0, depth + 1).join("/");
        if (resources.has(key)) continue;
        const parentId = resources.get(segments.slice(0, depth).join("/"))?.id ?? this.restApi.rootResourceId;
        const resource = new aws.apigateway.Resource(
          `${this.#name}-${logicalName(key)}`,
          { restApi: this.restApi.id, parentId, pathPart },
          this.#part,
        );
        resources.set(key, resource);
      }
    }
    return resources;
  }

  #createRoute(route: Route, resources: ReadonlyMap<string, aws.apigateway.Resource>): pulumi.Resource[] {
    const name = `${this.#name}-${logicalName(route.path)}`;
    const resource = resources.get(route.path) as aws.apigateway.Resource;
    const { alias } = route.function;

    new aws.lambda.Permission(
      name,
      {
        function: alias.functionName,
        qualifier: alias.name,
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        // Any stage (the console tests with `test-invoke-stage`), any method, this path.
        sourceArn: pulumi.interpolate`${this.restApi.executionArn}/*/*${resource.path.apply(withWildcard)}`,
      },
      { ...this.#child, deletedWith: route.function.function },
    );
    return this.#methodsOf(name).flatMap(({ name, httpMethod, authorization }) => {
      const method = new aws.apigateway.Method(
        name,
        { restApi: this.restApi.id, resourceId: resource.id, httpMethod, authorization },
        this.#part,
      );
      const integration = new aws.apigateway.Integration(
        name,
        {
          restApi: this.restApi.id,
          resourceId: resource.id,
          httpMethod: method.httpMethod,
          type: "AWS_PROXY",
          integrationHttpMethod: "POST",
          uri: alias.invokeArn,
          timeoutMilliseconds: INTEGRATION_TIMEOUT_MS,
        },
        this.#part,
      );
      return [method, integration];
    });
  }

  /** Browsers do not sign preflight requests: next to signed methods, OPTIONS needs one of its own. */
  #methodsOf(name: string) {
    const any = { name, httpMethod: "ANY", authorization: this.#settings.apiAuth };
    return this.#settings.apiAuth === "NONE"
      ? [any]
      : [any, { name: `${name}-options`, httpMethod: "OPTIONS", authorization: "NONE" }];
  }

  /**
   * CORS headers on the gateway's own errors; without them a browser hides the reason. They are fixed: one origin only.
   */
  #createErrorResponses(): pulumi.Resource[] {
    const [origin, ...others] = this.#settings.corsOrigins;
    if (origin === undefined || others.length > 0) return [];
    return ["DEFAULT_4XX", "DEFAULT_5XX"].map(
      (responseType) =>
        new aws.apigateway.Response(
          `${this.#name}-${logicalName(responseType)}`,
          {
            restApiId: this.restApi.id,
            responseType,
            responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${origin}'` },
          },
          this.#part,
        ),
    );
  }

  /** Lets principals of other accounts call; those of this account need only policies of their own. */
  #createPolicy(): pulumi.Resource[] {
    const { allowedPrincipals, apiAuth, corsOrigins } = this.#settings;
    if (allowedPrincipals.length === 0 || apiAuth === "NONE") return [];
    const arn = this.restApi.executionArn;
    const call = { Effect: "Allow", Action: "execute-api:Invoke" } as const;
    const policy = policyDocument(
      { ...call, Principal: { AWS: [...allowedPrincipals] }, Resource: pulumi.interpolate`${arn}/*` },
      // An API with a policy rejects what it does not allow, and browsers do not sign preflight requests.
      ...(corsOrigins.length > 0
        ? [{ ...call, Principal: "*" as const, Resource: pulumi.interpolate`${arn}/*/OPTIONS/*` }]
        : []),
    );
    return [new aws.apigateway.RestApiPolicy(this.#name, { restApiId: this.restApi.id, policy }, this.#part)];
  }

  #createDeployment(routes: readonly Route[], parts: pulumi.Resource[]): aws.apigateway.Deployment {
    const { apiAuth, corsOrigins, allowedPrincipals } = this.#settings;
    const published = pulumi.jsonStringify({
      routes: routes.map(({ path, function: { alias } }) => ({ path, uri: alias.invokeArn })),
      apiAuth,
      corsOrigins,
      // An API without such principals keeps its deployment.
      allowedPrincipals: allowedPrincipals.length > 0 ? allowedPrincipals : undefined,
      binaryMediaTypes: this.restApi.binaryMediaTypes,
      timeout: INTEGRATION_TIMEOUT_MS,
    });
    return new aws.apigateway.Deployment(
      this.#name,
      {
        restApi: this.restApi.id,
        triggers: { routes: published.apply((text) => hash("sha256", text)) },
      },
      { ...this.#part, dependsOn: parts },
    );
  }

  #createStage(deployment: aws.apigateway.Deployment): aws.apigateway.Stage {
    const { accessLogs } = this.#settings;
    // API Gateway rejects the stage while the region's account has no role for writing logs.
    const account =
      accessLogs === "on-with-account-role"
        ? [new ApiGatewayAccount(`${this.#name}-account`, { settings: this.#settings }, this.#child)]
        : [];
    return new aws.apigateway.Stage(
      this.#name,
      {
        restApi: this.restApi.id,
        deployment: deployment.id,
        stageName: STAGE,
        xrayTracingEnabled: this.#settings.tracing,
        accessLogSettings: accessLogs === "off" ? undefined : this.#createAccessLogs(),
        tags: this.#settings.tags,
      },
      { ...this.#part, dependsOn: account },
    );
  }

  #createAccessLogs() {
    const writer = pulumi.interpolate`${this.restApi.name}-access`;
    const logGroup = createLogGroup(`${this.#name}-access`, writer, this.#settings, this.#child);
    return { destinationArn: logGroup.arn, format: JSON.stringify(ACCESS_LOG_FORMAT) };
  }

  #createThrottling(): void {
    new aws.apigateway.MethodSettings(
      this.#name,
      {
        restApi: this.restApi.id,
        stageName: this.stage.stageName,
        methodPath: "*/*",
        settings: {
          throttlingRateLimit: this.#settings.throttlingRateLimit,
          throttlingBurstLimit: this.#settings.throttlingBurstLimit,
          metricsEnabled: true,
        },
      },
      this.#part,
    );
  }
}

/** Converts `v2/{proxy+}` for the name of a resource. */
function logicalName(path: string): string {
  return path.replace(/[{}+]/g, "").replace(/[/_]/g, "-").toLowerCase();
}

/** Converts `/v2/{proxy+}` for a permission's source ARN. */
function withWildcard(path: string): string {
  return path.replace(/\{[^}]*\}/g, "*");
}
