import { stackRule } from "../../lib/rule";

export const apiAuthorization = stackRule({
  name: "api-authorization",
  title: "Every method asks who calls",
  why: "With NONE everyone on the internet may call it. OPTIONS stays open: browsers do not sign their preflights.",
  cure: "Set `authorization` to AWS_IAM (setting `paddock:apiAuth`), ask for an API key, or make an exception for this method by name.",
  severity: "high",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
  controls: ["CKV_AWS_59"],
  types: ["aws:apigateway/method:Method"],
  check(method, { stack }) {
    const { httpMethod, authorization } = method.props;
    if (httpMethod === "OPTIONS" || authorization !== "NONE" || method.props.apiKeyRequired) return undefined;
    // Who reaches a private API is said by its policy and its endpoints.
    const apis = stack.references(method, "aws:apigateway/restApi:RestApi", "restApi");
    if (apis.some(({ props }) => String(props.endpointConfiguration?.types) === "PRIVATE")) return undefined;
    return {
      found: `${httpMethod} with authorization NONE`,
      allowed: "AWS_IAM, an authorizer or an API key",
    };
  },
});
