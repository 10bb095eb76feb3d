import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A function that answers with the event it got, behind a public function URL and a REST API. */
const role = new aws.iam.Role("echo", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});

const echo = new aws.lambda.Function("echo", {
  role: role.arn,
  runtime: "nodejs22.x",
  handler: "index.handler",
  memorySize: 128,
  timeout: 10,
  code: new pulumi.asset.FileArchive(path.join(__dirname, "handler")),
});

const url = new aws.lambda.FunctionUrl("echo", { functionName: echo.name, authorizationType: "NONE" });
const everyone = { function: echo.name, principal: "*" };
new aws.lambda.Permission("echo-invoke-url", {
  ...everyone,
  action: "lambda:InvokeFunctionUrl",
  functionUrlAuthType: "NONE",
});
new aws.lambda.Permission("echo-invoke-function", {
  ...everyone,
  action: "lambda:InvokeFunction",
  invokedViaFunctionUrl: true,
});

const api = new aws.apigateway.RestApi("echo", { binaryMediaTypes: ["application/octet-stream"] });
const proxy = new aws.apigateway.Resource("echo", {
  restApi: api.id,
  parentId: api.rootResourceId,
  pathPart: "{proxy+}",
});
const method = new aws.apigateway.Method("echo", {
  restApi: api.id,
  resourceId: proxy.id,
  httpMethod: "ANY",
  authorization: "NONE",
});
const integration = new aws.apigateway.Integration("echo", {
  restApi: api.id,
  resourceId: proxy.id,
  httpMethod: method.httpMethod,
  type: "AWS_PROXY",
  integrationHttpMethod: "POST",
  uri: echo.invokeArn,
});
const permission = new aws.lambda.Permission("echo-api", {
  function: echo.name,
  action: "lambda:InvokeFunction",
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});
const deployment = new aws.apigateway.Deployment(
  "echo",
  { restApi: api.id },
  { dependsOn: [integration, permission] },
);
const stage = new aws.apigateway.Stage("echo", {
  restApi: api.id,
  deployment: deployment.id,
  stageName: "prod",
});

export const echoUrl = url.functionUrl;
export const echoApiUrl = stage.invokeUrl;
export const echoName = echo.name;
