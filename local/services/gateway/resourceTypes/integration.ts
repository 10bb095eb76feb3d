import type * as aws from "@pulumi/aws";
import { defineType, type InputsOf } from "../../../resources/resourceType";
import { inert, refused, required, served } from "../../../resources/treatment";
import { known, type PreviewOf } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";
import type { RestIntegration } from "../rest/restApiDefinition";

type Inputs = InputsOf<typeof aws.apigateway.Integration>;

const NO_CACHE = "the local gateway has no cache";
const NO_MAPPING = "only HTTP and AWS integrations map parameters, and those the local gateway rejects";

/** The backend of a REST API's method: a Lambda function, or nothing but a response. */
export const integration = defineType<typeof aws.apigateway.Integration, GatewayService>(
  "aws:apigateway/integration:Integration",
  {
    properties: {
      cacheKeyParameters: inert(NO_CACHE),
      cacheNamespace: inert(NO_CACHE),
      connectionId: refused("there are no VPC links here"),
      connectionType: served,
      contentHandling: refused("the local gateway converts by `binaryMediaTypes` only"),
      credentials: served,
      httpMethod: required,
      integrationHttpMethod: served,
      integrationTarget: refused("there are no VPC links here"),
      passthroughBehavior: inert("a function gets each body, and a mock none"),
      region: served,
      requestParameters: inert(NO_MAPPING),
      requestTemplates: served,
      resourceId: required,
      responseTransferMode: served,
      restApi: required,
      timeoutMilliseconds: served,
      tlsConfig: refused("it is for HTTP integrations, which the local gateway does not have"),
      type: required,
      uri: served,
    },
    replaceOn: [
      "restApi",
      "resourceId",
      "httpMethod",
      "type",
      "integrationHttpMethod",
      "credentials",
      "connectionType",
      "requestTemplates",
      "passthroughBehavior",
    ],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    check: checkIntegration,
    outputs(inputs) {
      return {
        cacheNamespace: inputs.cacheNamespace ?? inputs.resourceId,
        connectionType: inputs.connectionType ?? "INTERNET",
        passthroughBehavior: inputs.passthroughBehavior ?? "WHEN_NO_MATCH",
        responseTransferMode: inputs.responseTransferMode ?? "BUFFERED",
        timeoutMilliseconds: inputs.timeoutMilliseconds ?? 29_000,
        id: ["agi", inputs.restApi, inputs.resourceId, inputs.httpMethod].map(String).join("-"),
      };
    },
    async create({ inputs }, gateway) {
      gateway
        .restApi(inputs.restApi)
        .putIntegration(inputs.resourceId, inputs.httpMethod, integrationOf(inputs));
      return undefined;
    },
    async delete({ inputs }, gateway) {
      gateway.findRestApi(inputs.restApi)?.putIntegration(inputs.resourceId, inputs.httpMethod, undefined);
    },
  },
);

function checkIntegration(inputs: PreviewOf<Inputs>): void {
  const type = known(inputs.type);
  if (type !== undefined && !/^(HTTP|HTTP_PROXY|AWS|AWS_PROXY|MOCK)$/.test(type)) {
    throw new Error(`\`type\` is "${type}"; API Gateway takes HTTP, HTTP_PROXY, AWS, AWS_PROXY and MOCK`);
  }
  if (type !== undefined && type !== "AWS_PROXY" && type !== "MOCK") {
    throw new Error(`\`type\` is ${type}; the local gateway serves the integrations AWS_PROXY and MOCK`);
  }
  const timeout = known(inputs.timeoutMilliseconds) ?? 29_000;
  if (timeout < 50 || timeout > 300_000) {
    throw new Error(`\`timeoutMilliseconds\` is ${timeout}; API Gateway takes 50 to 300000`);
  }
  if ((known(inputs.connectionType) ?? "INTERNET") !== "INTERNET") {
    throw new Error('there are no VPC links here: `connectionType: "INTERNET"`, the default');
  }
  if ((known(inputs.responseTransferMode) ?? "BUFFERED") !== "BUFFERED") {
    throw new Error('the local gateway responds whole: `responseTransferMode: "BUFFERED"`, the default');
  }
  if (type === "AWS_PROXY") checkProxy(inputs);
  const templates = known(inputs.requestTemplates);
  const template = templates && known(templates["application/json"]);
  if (type === "MOCK" && (templates !== undefined || inputs.requestTemplates === undefined)) {
    mockStatus(template);
  }
}

function checkProxy(inputs: PreviewOf<Inputs>): void {
  const method = inputs.integrationHttpMethod;
  if (method === undefined || (known(method) ?? "POST") !== "POST") {
    throw new Error('a Lambda function is invoked by POST: `integrationHttpMethod: "POST"`');
  }
  if (inputs.uri === undefined) throw new Error("`uri` is missing: a function's or an alias' `invokeArn`");
  const uri = known(inputs.uri);
  if (uri !== undefined) functionArnOf(uri);
}

function functionArnOf(uri: string): string {
  const arn = /\/functions\/(arn:aws[a-z-]*:lambda:[^/]+)\/invocations$/.exec(uri)?.[1];
  if (arn === undefined) throw new Error(`\`uri\` is not a function's or an alias' \`invokeArn\`: ${uri}`);
  return arn;
}

function integrationOf({
  type,
  uri,
  requestTemplates,
  timeoutMilliseconds,
  credentials,
}: Inputs): RestIntegration {
  if (type === "MOCK") return { type, statusCode: mockStatus(requestTemplates?.["application/json"]) };
  return {
    type: "AWS_PROXY",
    functionArn: functionArnOf(uri ?? ""),
    timeoutMilliseconds: timeoutMilliseconds ?? 29_000,
    withCredentials: credentials !== undefined,
  };
}

/** The template language is not evaluated: a MOCK's request template is the JSON with its status code. */
function mockStatus(template: string | undefined): number {
  try {
    const { statusCode } = JSON.parse(template ?? "");
    if (Number.isInteger(statusCode)) return statusCode;
  } catch {
    // Said below.
  }
  throw new Error(
    'a MOCK integration needs the request template {"statusCode": 200} for application/json, plain JSON here',
  );
}
