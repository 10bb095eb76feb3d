import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { apiAccessLogs } from "../../../policy/rules/api/accessLogs";
import { apiAuthorization } from "../../../policy/rules/api/authorization";
import { apiCacheEncrypted } from "../../../policy/rules/api/cacheEncrypted";
import { apiCaching } from "../../../policy/rules/api/caching";
import { apiClientCertificate } from "../../../policy/rules/api/clientCertificate";
import { apiDataTrace } from "../../../policy/rules/api/dataTrace";
import { apiDeploymentLast } from "../../../policy/rules/api/deploymentLast";
import { apiDeploymentTriggers } from "../../../policy/rules/api/deploymentTriggers";
import { apiDomainTls } from "../../../policy/rules/api/domainTls";
import { apiExecutionLogs } from "../../../policy/rules/api/executionLogs";
import { apiReplacement } from "../../../policy/rules/api/replacement";
import { apiRequestValidation } from "../../../policy/rules/api/requestValidation";
import { apiThrottling } from "../../../policy/rules/api/throttling";
import { apiTracing } from "../../../policy/rules/api/tracing";
import { apiWaf } from "../../../policy/rules/api/waf";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
type Settings = PropertiesOf<typeof METHOD_SETTINGS>["settings"];

const stage = (inputs: Partial<PropertiesOf<"aws:apigateway/stage:Stage">> = {}) =>
  ruleResource("aws:apigateway/stage:Stage", "api", { stageName: "prod", ...inputs });

const method = (inputs: Partial<PropertiesOf<"aws:apigateway/method:Method">>) =>
  ruleResource("aws:apigateway/method:Method", "api-iris", { httpMethod: "ANY", ...inputs });

const methodSettings = (settings: Settings) =>
  ruleResource(METHOD_SETTINGS, "api", { methodPath: "*/*", settings });

function withSettings(settings: Settings, methodPath = "*/*") {
  const of = stage();
  return [of, ruleResource(METHOD_SETTINGS, "api", { methodPath, settings }, { to: { stageName: of } })];
}

function deployed(after: "all" | "last" | "methods") {
  const api = ruleResource("aws:apigateway/restApi:RestApi", "api");
  const to = { to: { restApi: api } };
  const method = ruleResource("aws:apigateway/method:Method", "api-iris", {}, to);
  const integration = ruleResource(
    "aws:apigateway/integration:Integration",
    "api-iris",
    {},
    { to: { ...to.to, httpMethod: method } },
  );
  const dependsOn = { all: [method, integration], last: [integration], methods: [method] }[after];
  const deployment = ruleResource(
    "aws:apigateway/deployment:Deployment",
    "api",
    {},
    { ...to, after: dependsOn },
  );
  return [api, method, integration, deployment];
}

function guarded() {
  const of = stage();
  return [
    of,
    ruleResource("aws:wafv2/webAclAssociation:WebAclAssociation", "api", {}, { to: { resourceArn: of } }),
  ];
}

export const apigatewayCases: readonly RuleCases[] = [
  {
    rule: apiReplacement,
    passes: { "Pulumi's own order": [ruleResource("aws:apigateway/deployment:Deployment", "api")] },
    fails: {
      "an API and a deployment deleted first": {
        stack: [
          ruleResource("aws:apigateway/restApi:RestApi", "api", {}, { deleteBeforeReplace: true }),
          ruleResource("aws:apigateway/deployment:Deployment", "api", {}, { deleteBeforeReplace: true }),
        ],
        says: [
          "api: deleted before its successor is made; allowed: after",
          "api: deleted before its successor is made; allowed: after",
        ],
      },
    },
  },
  {
    rule: apiCaching,
    passes: { "a cache": [methodSettings({ cachingEnabled: true })] },
    fails: { none: { stack: [methodSettings({})], says: ["api: no cache; allowed: a cache"] } },
  },
  {
    rule: apiAccessLogs,
    passes: {
      JSON: [
        stage({ accessLogSettings: { destinationArn: "arn", format: '{"requestId":"$context.requestId"}' } }),
      ],
    },
    fails: {
      none: { stack: [stage()], says: ["api: no access logs; allowed: access logs as JSON"] },
      "another format": {
        stack: [stage({ accessLogSettings: { destinationArn: "arn", format: "$context.requestId" } })],
        says: ["api: access logs that are not JSON; allowed: access logs as JSON"],
      },
    },
  },
  {
    rule: apiThrottling,
    passes: {
      "a limit for all methods": withSettings({ throttlingRateLimit: 100, throttlingBurstLimit: 200 }),
    },
    fails: {
      "no settings": {
        stack: [stage()],
        says: ["api: no throttling of all methods; allowed: a rate up to 10000/s and a burst up to 5000"],
      },
      "a limit for one method": {
        stack: withSettings({ throttlingRateLimit: 100, throttlingBurstLimit: 200 }, "iris/POST"),
        says: ["api: no throttling of all methods; allowed: a rate up to 10000/s and a burst up to 5000"],
      },
      "a rate that is none": {
        stack: withSettings({ throttlingRateLimit: 20_000, throttlingBurstLimit: 200 }),
        says: ["api: rate 20000/s, burst 200; allowed: a rate up to 10000/s and a burst up to 5000"],
      },
    },
  },
  {
    rule: apiTracing,
    passes: { tracing: [stage({ xrayTracingEnabled: true })] },
    fails: { "no tracing": { stack: [stage()], says: ["api: no tracing; allowed: X-Ray tracing"] } },
  },
  {
    rule: apiAuthorization,
    passes: {
      AWS_IAM: [method({ authorization: "AWS_IAM" })],
      "an API key": [method({ authorization: "NONE", apiKeyRequired: true })],
      "a preflight": [method({ authorization: "NONE", httpMethod: "OPTIONS" })],
    },
    fails: {
      NONE: {
        stack: [method({ authorization: "NONE" })],
        says: ["api-iris: ANY with authorization NONE; allowed: AWS_IAM, an authorizer or an API key"],
      },
    },
  },
  {
    rule: apiDomainTls,
    passes: {
      "TLS 1.2": [ruleResource("aws:apigateway/domainName:DomainName", "api", { securityPolicy: "TLS_1_2" })],
    },
    fails: {
      "TLS 1.0": {
        stack: [ruleResource("aws:apigateway/domainName:DomainName", "api", { securityPolicy: "TLS_1_0" })],
        says: ["api: security policy TLS_1_0; allowed: TLS_1_2 or newer"],
      },
      "the default": {
        stack: [ruleResource("aws:apigateway/domainName:DomainName", "api")],
        says: ["api: security policy not set; allowed: TLS_1_2 or newer"],
      },
    },
  },
  {
    rule: apiDataTrace,
    passes: { none: [methodSettings({ metricsEnabled: true })] },
    fails: {
      "tracing of bodies": {
        stack: [methodSettings({ dataTraceEnabled: true })],
        says: ["api: data tracing on; allowed: off"],
      },
    },
  },
  {
    rule: apiDeploymentTriggers,
    passes: {
      triggers: [
        ruleResource("aws:apigateway/deployment:Deployment", "api", { triggers: { routes: "hash" } }),
      ],
    },
    fails: {
      "no triggers": {
        stack: [ruleResource("aws:apigateway/deployment:Deployment", "api")],
        says: ["api: no triggers; allowed: a hash of the routes"],
      },
    },
  },
  {
    rule: apiDeploymentLast,
    passes: {
      "a deployment after all parts": deployed("all"),
      "a deployment after a part that comes after the others": deployed("last"),
    },
    fails: {
      "a deployment that forgot the integrations": {
        stack: deployed("methods"),
        says: ["api: deployed before Integration api-iris; allowed: after all of them"],
      },
    },
  },
  {
    rule: apiCacheEncrypted,
    passes: {
      "no cache": [methodSettings({})],
      "an encrypted cache": [methodSettings({ cachingEnabled: true, cacheDataEncrypted: true })],
    },
    fails: {
      "a cache in the clear": {
        stack: [methodSettings({ cachingEnabled: true })],
        says: ["api: a cache in the clear; allowed: an encrypted cache"],
      },
    },
  },
  {
    rule: apiExecutionLogs,
    passes: { errors: withSettings({ loggingLevel: "ERROR" }) },
    fails: {
      none: { stack: withSettings({}), says: ["api: execution logs off; allowed: ERROR or INFO"] },
    },
  },
  {
    rule: apiWaf,
    passes: { "a web ACL": guarded() },
    fails: { none: { stack: [stage()], says: ["api: no firewall; allowed: a web ACL"] } },
  },
  {
    rule: apiClientCertificate,
    passes: { "a certificate": [stage({ clientCertificateId: "id" })] },
    fails: {
      none: { stack: [stage()], says: ["api: no client certificate; allowed: a client certificate"] },
    },
  },
  {
    rule: apiRequestValidation,
    passes: {
      "a validator": [method({ requestValidatorId: "id" })],
      "a preflight": [method({ httpMethod: "OPTIONS" })],
    },
    fails: {
      none: { stack: [method({})], says: ["api-iris: no request validator; allowed: a request validator"] },
    },
  },
];
