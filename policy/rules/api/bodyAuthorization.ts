import { parse } from "yaml";
import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "x-amazon-apigateway-any-method"];

interface Operation {
  readonly security?: readonly object[];
  readonly "x-amazon-apigateway-auth"?: { readonly type?: string };
}

interface OpenApi {
  readonly security?: readonly object[];
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export const apiBodyAuthorization = resourceRule({
  name: "api-body-authorization",
  title: "Every operation of an OpenAPI body asks who calls",
  why: "Without `security` everyone on the internet may call it; the rules about methods see none, for the body makes them.",
  cure: "Set `security` for the operation or the document (`sigv4`, an authorizer, an API key), or make the API private.",
  severity: "high",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html",
  types: ["aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api"],
  check({ props }) {
    const isPrivate =
      "endpointConfiguration" in props && String(props.endpointConfiguration?.types).includes("PRIVATE");
    if (!isSet(props, "body") || isPrivate) return undefined;
    const document = parse(String(props.body)) as OpenApi;
    return Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
      METHODS.filter((method) => operations[method] && !isAsked(operations[method], document)).map(
        (method) => ({
          found: `${method === "x-amazon-apigateway-any-method" ? "ANY" : method.toUpperCase()} ${path} for everyone`,
          allowed: "IAM, an authorizer or an API key",
        }),
      ),
    );
  },
});

function isAsked(operation: Operation, { security: byDefault = [] }: OpenApi): boolean {
  const type = operation["x-amazon-apigateway-auth"]?.type;
  if (type !== undefined) return type !== "NONE";
  return (operation.security ?? byDefault).some((scheme) => Object.keys(scheme).length > 0);
}
