import assert from "node:assert/strict";
import path from "node:path";
import { reconcile } from "../../../../local/cloud/reconcile";
import { resourceTypeOf } from "../../../../local/cloud/resourceTypes";
import type { Properties } from "../../../../local/resources/value";
import { freePorts } from "../../../helpers/cloud/freePorts";
import { rawRequest } from "../../../helpers/http/rawRequest";
import { declared, onAws } from "../../../helpers/program/declared";
import { type TemporaryGateway, temporaryGateway } from "../../../helpers/services/temporaryGateway";
import { zipFunction } from "../../../helpers/services/zipFunction";

const type = (name: string) => `aws:apigateway/${name}:${name[0]?.toUpperCase()}${name.slice(1)}`;

describe("API Gateway's resource types", () => {
  let lambda: TemporaryGateway;
  before(async () => {
    lambda = await temporaryGateway();
  });
  after(() => lambda.close());

  it("give API and stage AWS's ARNs and addresses", () => {
    const api = declared(type("restApi"), "api", { name: "api" });
    const { id } = api.outputs;
    const stage = declared(type("stage"), "prod", { restApi: id, stageName: "prod", deployment: "d" });
    assert.match(id ?? "", /^[a-z0-9]{10}$/);
    assert.deepEqual(
      [api.outputs.executionArn, api.outputs.arn, stage.outputs.invokeUrl, stage.outputs.executionArn],
      [
        `arn:aws:execute-api:eu-west-1:123456789012:${id}`,
        `arn:aws:apigateway:eu-west-1::/restapis/${id}`,
        `https://${id}.execute-api.eu-west-1.amazonaws.com/prod`,
        `arn:aws:execute-api:eu-west-1:123456789012:${id}/prod`,
      ],
    );
  });

  it("give a deployment another id when its triggers change", () => {
    const idOf = (triggers: Properties) =>
      declared(type("deployment"), "d", { restApi: "a", triggers }).outputs.id;
    assert.equal(idOf({ routes: "1" }), idOf({ routes: "1" }));
    assert.notEqual(idOf({ routes: "1" }), idOf({ routes: "2" }));
  });

  for (const [name, inputs, message] of [
    [
      "resource",
      { pathPart: "a/b" },
      '`pathPart` "a/b" must be one segment: letters, digits and any of _.:-$, or {name} or {name+}',
    ],
    [
      "method",
      { httpMethod: "GRAB" },
      '`httpMethod` is "GRAB"; API Gateway takes ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT',
    ],
    [
      "method",
      { authorization: "OPEN" },
      '`authorization` is "OPEN"; API Gateway takes NONE, CUSTOM, AWS_IAM and COGNITO_USER_POOLS',
    ],
    [
      "integration",
      { type: "LAMBDA" },
      '`type` is "LAMBDA"; API Gateway takes HTTP, HTTP_PROXY, AWS, AWS_PROXY and MOCK',
    ],
    [
      "method",
      { authorization: "CUSTOM" },
      "`authorization` is CUSTOM; the local gateway has no authorizers, and serves NONE and AWS_IAM",
    ],
    [
      "integration",
      { type: "HTTP_PROXY" },
      "`type` is HTTP_PROXY; the local gateway serves the integrations AWS_PROXY and MOCK",
    ],
    [
      "integration",
      { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: "arn:aws:lambda:eu-west-1:1:function:f" },
      "`uri` is not a function's or an alias' `invokeArn`: arn:aws:lambda:eu-west-1:1:function:f",
    ],
    [
      "integration",
      { type: "MOCK" },
      'a MOCK integration needs the request template {"statusCode": 200} for application/json, plain JSON here',
    ],
    [
      "integration",
      { responseTransferMode: "STREAM" },
      'the local gateway responds whole: `responseTransferMode: "BUFFERED"`, the default',
    ],
    [
      "restApi",
      { endpointConfiguration: { types: "PRIVATE" } },
      "`endpointConfiguration.types` is PRIVATE; the local gateway serves EDGE and REGIONAL",
    ],
    [
      "integration",
      { type: "AWS_PROXY", integrationHttpMethod: "GET" },
      'a Lambda function is invoked by POST: `integrationHttpMethod: "POST"`',
    ],
    [
      "integration",
      { timeoutMilliseconds: 49 },
      "`timeoutMilliseconds` is 49; API Gateway takes 50 to 300000",
    ],
    [
      "restApi",
      { minimumCompressionSize: "ten" },
      '`minimumCompressionSize` is "ten"; API Gateway takes 0 to 10485760 bytes, and -1 for none',
    ],
    [
      "restApiPolicy",
      { policy: '{"Statement": {"Principal": "*", "Action": "*", "Resource": "execute-api:/*"}}' },
      "a statement of the policy has no `Effect`, `Allow` or `Deny` (MalformedPolicyDocument)",
    ],
    ["stage", { stageName: "a/b" }, '`stageName` "a/b" must be letters, digits, hyphens and underscores'],
  ] as const) {
    it(`reject what AWS would: ${message}`, () => {
      assert.throws(() => resourceTypeOf(type(name), "x").check?.(inputs, "x"), { message });
    });
  }

  it("reject a URL that streams, before anything is made", () => {
    const url = { authorizationType: "AWS_IAM", functionName: "f", invokeMode: "RESPONSE_STREAM" };
    assert.throws(() => resourceTypeOf("aws:lambda/functionUrl:FunctionUrl", "u").check?.(url, "u"), {
      message: '`invokeMode` is RESPONSE_STREAM; the local gateway responds whole: "BUFFERED", the default',
    });
  });

  for (const part of ["breast-cancer", "v2", "{name}", "{proxy+}", "a.b:c_d$e"]) {
    it(`take the path part ${part}`, () => {
      assert.equal(resourceTypeOf(type("resource"), "x").check?.({ pathPart: part }, "x"), undefined);
    });
  }

  it("make what a program declares: routes, a mock, throttling, a further route with its deployment", async () => {
    const address = `http://127.0.0.1:${await freePorts()}`;
    const place = { ...onAws, address: () => address };
    const archive = await zipFunction(path.join(lambda.dataDir, "api.zip"), {
      "index.js": "exports.handler = async (event) => ({ statusCode: 200, body: event.resource })",
    });
    const f = declared("aws:lambda/function:Function", "f", {
      name: "f",
      role: "arn:aws:iam::123456789012:role/f",
      runtime: "nodejs22.x",
      handler: "index.handler",
      code: { archive },
    });
    const policy = (Effect: "Allow" | "Deny") =>
      JSON.stringify({
        Statement: { Effect, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" },
      });
    // The policy that is a resource of its own is made later, and takes the place of the API's.
    const api = declared(type("restApi"), "api", { name: "api", policy: policy("Deny") });
    const restApi = api.outputs.id;
    const permission = declared("aws:lambda/permission:Permission", "p", {
      function: "f",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${api.outputs.executionArn}/*/*`,
    });
    const route = (pathPart: string) => {
      const resource = declared(type("resource"), pathPart, {
        restApi,
        parentId: api.outputs.rootResourceId,
        pathPart,
      });
      const of = { restApi, resourceId: resource.outputs.id };
      const any = { ...of, httpMethod: "ANY" };
      const options = { ...of, httpMethod: "OPTIONS" };
      return [
        resource,
        declared(type("method"), `${pathPart}-any`, { ...any, authorization: "NONE" }),
        declared(type("integration"), `${pathPart}-any`, {
          ...any,
          type: "AWS_PROXY",
          integrationHttpMethod: "POST",
          uri: f.outputs.invokeArn,
        }),
        declared(type("method"), `${pathPart}-options`, { ...options, authorization: "NONE" }),
        declared(type("integration"), `${pathPart}-options`, {
          ...options,
          type: "MOCK",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
        }),
        declared(type("methodResponse"), pathPart, { ...options, statusCode: "200" }),
        declared(type("integrationResponse"), pathPart, {
          ...options,
          statusCode: "200",
          responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
        }),
      ];
    };
    const program = (...parts: string[]) => {
      const deployment = declared(type("deployment"), "d", { restApi, triggers: { routes: parts.join() } });
      return [
        f,
        api,
        declared(type("restApiPolicy"), "open", { restApiId: restApi, policy: policy("Allow") }),
        permission,
        ...parts.flatMap(route),
        deployment,
        declared(
          type("stage"),
          "prod",
          { restApi, stageName: "prod", deployment: deployment.outputs.id },
          place,
        ),
        declared(type("methodSettings"), "all", {
          restApi,
          stageName: "prod",
          methodPath: "*/*",
          settings: { throttlingRateLimit: 0.001, throttlingBurstLimit: 4 },
        }),
      ];
    };
    const live = new Map();
    const statusOf = async (pathPart: string) => (await rawRequest(`${address}/prod/${pathPart}`)).status;
    await reconcile(program("a"), live, lambda.cloud);
    const preflight = await rawRequest(`${address}/prod/a`, { method: "OPTIONS" });
    const first = [
      await statusOf("a"),
      await statusOf("b"),
      preflight.headers["access-control-allow-origin"],
    ];
    await reconcile(program("a", "b"), live, lambda.cloud);
    const second = [await statusOf("a"), await statusOf("b"), await statusOf("b")];
    await reconcile([], live, lambda.cloud);
    assert.deepEqual(
      [first, second],
      [
        [200, 403, "*"],
        [200, 200, 429],
      ],
    );
    await assert.rejects(statusOf("b"), { code: "ECONNREFUSED" });
  });
});
