import { resourceRule } from "../../lib/rule";

export const apiCorsCredentials = resourceRule({
  name: "api-cors-credentials",
  title: "CORS with credentials names its origins",
  why: "AWS refuses every origin together with credentials on an HTTP API; on a function URL any web page would act in its reader's name.",
  cure: "List the origins, or leave `allowCredentials` out.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
  types: ["aws:apigatewayv2/api:Api", "aws:lambda/functionUrl:FunctionUrl"],
  check({ props }) {
    const cors =
      "corsConfiguration" in props ? props.corsConfiguration : "cors" in props ? props.cors : undefined;
    if (!cors?.allowCredentials || !cors.allowOrigins?.includes("*")) return undefined;
    return { found: "CORS with credentials for every origin", allowed: "origins by name" };
  },
});
