import type { Declared } from "../../resources/declared";
import { logicalName } from "../../resources/logicalName";
import { parseFunctionName } from "../../services/lambda/parseFunctionName";
import type { Endpoint } from "../apiTypes";

/** Finds the functions that are called over HTTP: by a function URL, by a REST API, or by both. In the program's order. */
export function findEndpoints(resources: readonly Declared[]): Endpoint[] {
  const of = (type: string) => resources.filter((resource) => resource.type === `aws:${type}`);
  const urls = of("lambda/functionUrl:FunctionUrl");
  const routes = restRoutes(of);
  return of("lambda/function:Function").flatMap(({ outputs }) => {
    const functionName = String(outputs.name);
    const url = urls.find(
      ({ inputs }) => parseFunctionName(String(inputs.functionName)).functionName === functionName,
    );
    // The shortest path is the endpoint's own; others are below it.
    const [route] = routes
      .filter((each) => each.functionName === functionName)
      .sort((a, b) => a.url.length - b.url.length);
    if (url === undefined && route === undefined) return [];
    const authorization = url === undefined ? route?.authorization : url.inputs.authorizationType;
    return {
      name: logicalName(functionName),
      functionName,
      ...(url && { functionUrl: String(url.outputs.functionUrl) }),
      ...(route && { restUrl: route.url }),
      authorization: authorization === "AWS_IAM" ? "AWS_IAM" : "NONE",
    };
  });
}

function restRoutes(of: (type: string) => Declared[]) {
  const stages = of("apigateway/stage:Stage");
  const segments = new Map(
    of("apigateway/resource:Resource").map(({ inputs, outputs }) => [outputs.id, inputs]),
  );
  const pathOf = (resourceId: unknown): string => {
    const segment = segments.get(resourceId as string);
    return segment === undefined ? "" : `${pathOf(segment.parentId)}/${segment.pathPart}`;
  };
  const methods = of("apigateway/method:Method");
  return of("apigateway/integration:Integration").flatMap(({ inputs }) => {
    const [, functionArn] = /\/functions\/([^/]+)\/invocations$/.exec(String(inputs.uri)) ?? [];
    const stage = stages.find((each) => each.inputs.restApi === inputs.restApi);
    if (functionArn === undefined || stage === undefined) return [];
    const method = methods.find(
      (each) => each.inputs.resourceId === inputs.resourceId && each.inputs.httpMethod === inputs.httpMethod,
    );
    return {
      functionName: parseFunctionName(functionArn).functionName,
      url: `${stage.outputs.invokeUrl}${pathOf(inputs.resourceId)}`,
      authorization: method?.inputs.authorization,
    };
  });
}
