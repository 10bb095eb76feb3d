import { stackRule } from "../../lib/rule";

const API = "aws:apigatewayv2/api:Api";
const ROUTE = "aws:apigatewayv2/route:Route";

/** `GET /path`, `ANY /path`; a WebSocket API has a route of the last name, too. */
const IN_HTTP_API = /^([A-Z]+ \/.*|\$default)$/;

export const apiHttpAuthorization = stackRule({
  name: "api-http-authorization",
  title: "Every route of an HTTP API, and a WebSocket API's connection, asks who calls",
  why: "With NONE everyone on the internet may call it, and the account pays for every call.",
  cure: "Set `authorizationType` (AWS_IAM, JWT or CUSTOM with an authorizer), or make an exception for this route by name.",
  severity: "high",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
  controls: ["APIGateway.8", "CKV_AWS_309"],
  types: [API, ROUTE],
  check(resource, { stack }) {
    if (resource.type === API) {
      // Quick create makes a default route that asks nobody.
      return resource.props.target === undefined
        ? undefined
        : { found: "a default route for everyone (`target`)", allowed: "routes with an authorizer" };
    }
    const { routeKey, authorizationType = "NONE" } = resource.props;
    if (authorizationType !== "NONE" || routeKey.startsWith("OPTIONS ")) return undefined;
    // A WebSocket is authorized once, when it connects; its other routes take no authorizer.
    const [api] = stack.references(resource, API, "apiId");
    const isWebSocket = api?.props.protocolType === "WEBSOCKET" || !IN_HTTP_API.test(routeKey);
    if (isWebSocket && routeKey !== "$connect") return undefined;
    return { found: `${routeKey} with authorization NONE`, allowed: "AWS_IAM or an authorizer" };
  },
});
