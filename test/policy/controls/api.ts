import type { Declared } from "@paddock/local/program";
import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { apiAccessLogs } from "../../../policy/rules/api/accessLogs";
import { apiAuthorization } from "../../../policy/rules/api/authorization";
import { apiCacheEncrypted } from "../../../policy/rules/api/cacheEncrypted";
import { apiCaching } from "../../../policy/rules/api/caching";
import { apiClientCertificate } from "../../../policy/rules/api/clientCertificate";
import { apiDataTrace } from "../../../policy/rules/api/dataTrace";
import { apiDomainTls } from "../../../policy/rules/api/domainTls";
import { apiExecutionLogs } from "../../../policy/rules/api/executionLogs";
import { apiHttpAuthorization } from "../../../policy/rules/api/httpAuthorization";
import { apiReplacement } from "../../../policy/rules/api/replacement";
import { apiRequestValidation } from "../../../policy/rules/api/requestValidation";
import { apiThrottling } from "../../../policy/rules/api/throttling";
import { apiTracing } from "../../../policy/rules/api/tracing";
import { apiWaf } from "../../../policy/rules/api/waf";
import type { ControlCases } from "../../helpers/policy/controlCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const STAGE = "aws:apigateway/stage:Stage";
const STAGE_V2 = "aws:apigatewayv2/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";

type Settings = PropertiesOf<typeof SETTINGS>["settings"];

const stage = (inputs: Partial<PropertiesOf<typeof STAGE>> = {}) => ruleResource(STAGE, "it", inputs);

const stageV2 = (inputs: Partial<PropertiesOf<typeof STAGE_V2>> = {}) => ruleResource(STAGE_V2, "it", inputs);

const method = (inputs: Partial<PropertiesOf<"aws:apigateway/method:Method">>) => [
  ruleResource("aws:apigateway/method:Method", "it", { httpMethod: "GET", ...inputs }),
];

const methodSettings = (settings: Settings) => [
  ruleResource(SETTINGS, "it", { methodPath: "*/*", settings }),
];

function stageWith(settings: Settings, methodPath = "*/*"): Declared[] {
  const it = stage();
  return [it, ruleResource(SETTINGS, "it", { methodPath, settings }, { to: { stageName: it } })];
}

/** A stage of a WebSocket API. */
function webSocket(loggingLevel?: string): Declared[] {
  const api = ruleResource("aws:apigatewayv2/api:Api", "it", { protocolType: "WEBSOCKET" });
  const defaultRouteSettings = { loggingLevel };
  return [api, ruleResource(STAGE_V2, "it", { defaultRouteSettings }, { to: { apiId: api } })];
}

function route(inputs: Partial<PropertiesOf<"aws:apigatewayv2/route:Route">>, protocolType = "HTTP") {
  const api = ruleResource("aws:apigatewayv2/api:Api", "it", { protocolType });
  return [api, ruleResource("aws:apigatewayv2/route:Route", "it", inputs, { to: { apiId: api } })];
}

const logged = (format: string) => ({ accessLogSettings: { destinationArn: "arn", format } });
const JSON_FORMAT = '{"requestId":"$context.requestId"}';

const domain = (securityPolicy?: string) => [
  ruleResource("aws:apigateway/domainName:DomainName", "it", { domainName: "example.com", securityPolicy }),
];

/** Pulumi's own order is Terraform's `create_before_destroy`. */
const replaced = (
  control: string,
  type: "aws:apigateway/deployment:Deployment" | "aws:apigateway/restApi:RestApi",
): ControlCases => ({
  rule: apiReplacement,
  controls: [control],
  refuses: { "deletion before replacement": [ruleResource(type, "it", {}, { deleteBeforeReplace: true })] },
  passes: { "creation before deletion": [ruleResource(type, "it")] },
});

export const apiControls: readonly ControlCases[] = [
  {
    rule: apiAccessLogs,
    controls: ["CKV_AWS_76", "AwsSolutions-APIG1"],
    refuses: { "a REST API's stage without logs": [stage()], "an HTTP API's": [stageV2()] },
    passes: {
      "a REST API's stage with logs": [stage(logged(JSON_FORMAT))],
      "an HTTP API's with logs": [stageV2(logged(JSON_FORMAT))],
    },
  },
  {
    rule: apiAccessLogs,
    controls: ["APIGateway.9"],
    refuses: { "an HTTP API's stage without logs": [stageV2()] },
    passes: { "an HTTP API's stage with logs": [stageV2(logged(JSON_FORMAT))] },
  },
  {
    rule: apiAccessLogs,
    controls: ["Serverless-APIGWStructuredLogging"],
    refuses: {
      "a REST API's logs as text": [stage(logged("$context.requestId"))],
      "an HTTP API's logs as text": [stageV2(logged("$context.requestId"))],
    },
    passes: {
      "a REST API's logs as JSON": [stage(logged(JSON_FORMAT))],
      "an HTTP API's logs as JSON": [stageV2(logged(JSON_FORMAT))],
    },
  },
  {
    rule: apiAuthorization,
    controls: ["CKV_AWS_59"],
    refuses: { "a method for everyone": method({ authorization: "NONE" }) },
    passes: {
      "a method for IAM": method({ authorization: "AWS_IAM" }),
      "a method with an API key": method({ authorization: "NONE", apiKeyRequired: true }),
      "a preflight": method({ authorization: "NONE", httpMethod: "OPTIONS" }),
    },
  },
  {
    rule: apiCacheEncrypted,
    controls: ["APIGateway.5", "CKV_AWS_308"],
    refuses: { "a cache in the clear": methodSettings({ cachingEnabled: true }) },
    passes: {
      "an encrypted cache": methodSettings({ cachingEnabled: true, cacheDataEncrypted: true }),
      "no cache": methodSettings({ cachingEnabled: false }),
    },
  },
  {
    rule: apiCaching,
    controls: ["CKV_AWS_225"],
    refuses: { "methods without a cache": methodSettings({ loggingLevel: "INFO" }) },
    passes: { "methods with a cache": methodSettings({ cachingEnabled: true }) },
  },
  {
    rule: apiClientCertificate,
    controls: ["APIGateway.2"],
    refuses: { "a stage without a certificate": [stage()] },
    passes: { "a stage with a certificate": [stage({ clientCertificateId: "a" })] },
  },
  {
    rule: apiDataTrace,
    controls: ["CKV_AWS_276"],
    refuses: { "data tracing": methodSettings({ dataTraceEnabled: true }) },
    passes: {
      "no data tracing": methodSettings({ dataTraceEnabled: false }),
      "settings without it": methodSettings({ metricsEnabled: true }),
    },
  },
  {
    rule: apiDomainTls,
    controls: ["CKV_AWS_206"],
    refuses: { "no security policy": domain(), "TLS 1.0": domain("TLS_1_0") },
    passes: {
      "TLS 1.2": domain("TLS_1_2"),
      "TLS 1.3": domain("SecurityPolicy_TLS13_1_3_2025_09"),
    },
  },
  {
    rule: apiExecutionLogs,
    controls: ["APIGateway.1", "AwsSolutions-APIG6"],
    refuses: {
      "a stage without settings": [stage()],
      "a stage with logging off": stageWith({ loggingLevel: "OFF" }),
      "logs of one method only": stageWith({ loggingLevel: "ERROR" }, "iris/POST"),
    },
    passes: {
      "errors in the logs": stageWith({ loggingLevel: "ERROR" }),
      "requests in the logs": stageWith({ loggingLevel: "INFO" }),
    },
  },
  {
    rule: apiExecutionLogs,
    controls: ["APIGateway.1"],
    refuses: { "a WebSocket API without logs": webSocket() },
    passes: { "a WebSocket API with logs": webSocket("ERROR") },
  },
  {
    rule: apiHttpAuthorization,
    controls: ["APIGateway.8", "CKV_AWS_309"],
    refuses: {
      "a route without an authorization type": route({ routeKey: "GET /" }),
      "a route with NONE": route({ routeKey: "$default", authorizationType: "NONE" }),
      "a WebSocket's connection": route({ routeKey: "$connect" }, "WEBSOCKET"),
    },
    passes: {
      IAM: route({ routeKey: "GET /", authorizationType: "AWS_IAM" }),
      JWT: route({ routeKey: "GET /", authorizationType: "JWT" }),
      "an authorizer": route({ routeKey: "$connect", authorizationType: "CUSTOM" }, "WEBSOCKET"),
    },
  },
  replaced("CKV_AWS_217", "aws:apigateway/deployment:Deployment"),
  replaced("CKV_AWS_237", "aws:apigateway/restApi:RestApi"),
  {
    rule: apiRequestValidation,
    controls: ["CKV2_AWS_53", "AwsSolutions-APIG2"],
    refuses: { "a method without a validator": method({}) },
    passes: { "a method with a validator": method({ requestValidatorId: "a" }) },
  },
  {
    rule: apiThrottling,
    controls: ["Serverless-APIGWDefaultThrottling"],
    refuses: {
      "a REST API's stage without limits": [stage()],
      "limits of one method only": stageWith({ throttlingBurstLimit: 1, throttlingRateLimit: 1 }, "a/GET"),
      "a rate only": stageWith({ throttlingRateLimit: 10 }),
      "an HTTP API's stage without limits": [stageV2()],
    },
    passes: {
      "limits of every method": stageWith({ throttlingBurstLimit: 10, throttlingRateLimit: 10 }),
      "limits of every route": [
        stageV2({ defaultRouteSettings: { throttlingBurstLimit: 10, throttlingRateLimit: 10 } }),
      ],
    },
  },
  {
    rule: apiTracing,
    controls: ["APIGateway.3", "CKV_AWS_73", "Serverless-APIGWXrayEnabled"],
    refuses: { "a stage without tracing": [stage()] },
    passes: { "a stage with tracing": [stage({ xrayTracingEnabled: true })] },
  },
  {
    rule: apiWaf,
    controls: ["APIGateway.4", "CKV2_AWS_29", "AwsSolutions-APIG3"],
    refuses: { "a stage without a web ACL": [stage()] },
    passes: {
      "a stage with a web ACL": [
        stage(),
        ruleResource(
          "aws:wafv2/webAclAssociation:WebAclAssociation",
          "it",
          {},
          { to: { resourceArn: stage() } },
        ),
      ],
    },
  },
];
