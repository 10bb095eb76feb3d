import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import type { Properties } from "../../../resources/value";
import type { RestIntegration } from "../rest/restApiDefinition";

/** What a method of a REST API leads to: a Lambda function, or nothing but an answer. */
export const integration: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/integration:Integration",
  inputs: [
    "cacheKeyParameters",
    "cacheNamespace",
    "connectionId",
    "connectionType",
    "contentHandling",
    "credentials",
    "httpMethod",
    "integrationHttpMethod",
    "integrationTarget",
    "passthroughBehavior",
    "region",
    "requestParameters",
    "requestTemplates",
    "resourceId",
    "responseTransferMode",
    "restApi",
    "timeoutMilliseconds",
    "tlsConfig",
    "type",
    "uri",
  ],
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
    "region",
  ],
  check(inputs) {
    const type = read.text(inputs, "type");
    if (type !== undefined && !/^(HTTP|HTTP_PROXY|AWS|AWS_PROXY|MOCK)$/.test(type)) {
      throw new Error(`\`type\` is "${type}"; API Gateway takes HTTP, HTTP_PROXY, AWS, AWS_PROXY and MOCK`);
    }
    if (type === "AWS_PROXY" && inputs.integrationHttpMethod !== "POST") {
      throw new Error('a Lambda function is invoked by POST: `integrationHttpMethod: "POST"`');
    }
    const timeout = read.number(inputs, "timeoutMilliseconds") ?? 29_000;
    if (timeout < 50 || timeout > 300_000) {
      throw new Error(`\`timeoutMilliseconds\` is ${timeout}; API Gateway takes 50 to 300000`);
    }
  },
  outputs(inputs, _resource, place) {
    const resourceId = read.text(inputs, "resourceId");
    return {
      connectionType: "INTERNET",
      passthroughBehavior: "WHEN_NO_MATCH",
      responseTransferMode: "BUFFERED",
      timeoutMilliseconds: 29_000,
      cacheNamespace: resourceId,
      ...inputs,
      id: ["agi", read.text(inputs, "restApi"), resourceId, read.text(inputs, "httpMethod")].join("-"),
      region: read.text(inputs, "region") ?? place.region,
    };
  },
  async create({ inputs, outputs }, cloud) {
    const api = cloud.gateway.restApi(read.required(inputs, "restApi"));
    api.putIntegration(
      read.required(inputs, "resourceId"),
      read.required(inputs, "httpMethod"),
      integrationOf(outputs),
    );
    return undefined;
  },
  async delete({ inputs }, cloud) {
    const api = cloud.gateway.findRestApi(read.required(inputs, "restApi"));
    api?.putIntegration(read.required(inputs, "resourceId"), read.required(inputs, "httpMethod"), undefined);
  },
};

function integrationOf(properties: Properties): RestIntegration {
  const type = read.required(properties, "type");
  if (type === "MOCK") {
    const template = read.text(read.object(properties, "requestTemplates"), "application/json");
    return { type, statusCode: mockStatus(template) };
  }
  if (type !== "AWS_PROXY") {
    throw new Error(`the local gateway knows the integrations AWS_PROXY and MOCK; \`type\` is ${type}`);
  }
  if (properties.responseTransferMode !== "BUFFERED") {
    throw new Error('the local gateway answers whole: `responseTransferMode: "BUFFERED"`, the default');
  }
  const uri = read.required(properties, "uri");
  const functionArn = /\/functions\/(arn:aws[a-z-]*:lambda:[^/]+)\/invocations$/.exec(uri)?.[1];
  if (functionArn === undefined) throw new Error(`\`uri\` is no function's or alias' \`invokeArn\`: ${uri}`);
  return {
    type,
    functionArn,
    timeoutMilliseconds: read.number(properties, "timeoutMilliseconds") ?? 29_000,
    withCredentials: properties.credentials !== undefined,
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
