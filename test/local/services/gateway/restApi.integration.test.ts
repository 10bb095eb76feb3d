import assert from "node:assert/strict";
import { deflateSync, gzipSync } from "node:zlib";
import { parseApiPolicy } from "../../../../local/services/gateway/rest/apiPolicy";
import type {
  RestApiDefinition,
  RestIntegration,
  RestIntegrationResponse,
  RestMethod,
} from "../../../../local/services/gateway/rest/restApiDefinition";
import apiGatewaySample from "../../../fixtures/events/apiGatewayV1.json";
import { rawRequest } from "../../../helpers/http/rawRequest";
import { GatewayCallers } from "../../../helpers/services/gatewayCallers";
import { type TemporaryGateway, temporaryGateway } from "../../../helpers/services/temporaryGateway";

/** Answers what the event's body, JSON, says. */
const OBEDIENT =
  "exports.handler = async (event) => JSON.parse(Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'))";
const ECHO = "exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })";

interface Path {
  /** `/a/{b}` */
  readonly path: string;
  readonly httpMethod?: string;
  readonly apiKeyRequired?: boolean;
  readonly authorization?: RestMethod["authorization"];
  /** Source of the function behind it. */
  readonly source?: string;
  readonly timeout?: number;
  readonly integration?: Partial<RestIntegration>;
  readonly responses?: readonly RestIntegrationResponse[];
  readonly permitted?: boolean;
}

describe("a REST API", () => {
  const callers = new GatewayCallers();
  let lambda: TemporaryGateway;
  before(async () => {
    lambda = await temporaryGateway(callers);
  });
  after(() => lambda.close());

  let count = 0;
  const apiId = () => `api${count}`;

  /** Declares, deploys and stages an API; gives the stage's address. */
  async function serve(
    paths: readonly Path[],
    binaryMediaTypes: readonly string[] = [],
    { policy, ...more }: Partial<RestApiDefinition> & { readonly policy?: (api: string) => object } = {},
  ): Promise<string> {
    const id = `api${++count}`;
    lambda.gateway.putRestApi({ id, name: id, rootResourceId: "root", binaryMediaTypes, ...more });
    if (policy !== undefined) {
      const text = JSON.stringify(policy(id));
      lambda.gateway.restApi(id).policy = parseApiPolicy(text, lambda.gateway.executionArn(id));
    }
    for (const [index, path] of paths.entries()) await declare(`${id}-${index}`, path);
    lambda.gateway.restApi(id).createDeployment("first");
    const stage = { stageName: "prod", deploymentId: "first" };
    return `${await lambda.gateway.putStage(id, stage, "http://127.0.0.1:0")}/prod`;
  }

  async function declare(functionName: string, { path, source, integration, ...rest }: Path): Promise<void> {
    const api = lambda.gateway.restApi(apiId());
    let resourceId = "root";
    for (const pathPart of path.split("/").filter((part) => part !== "")) {
      const id = `${resourceId}/${pathPart}`;
      api.putResource({ id, parentId: resourceId, pathPart });
      resourceId = id;
    }
    const httpMethod = rest.httpMethod ?? "ANY";
    const { apiKeyRequired = false } = rest;
    api.putMethod(resourceId, { httpMethod, authorization: rest.authorization ?? "NONE", apiKeyRequired });
    for (const response of rest.responses ?? []) api.putIntegrationResponse(resourceId, httpMethod, response);
    if (source !== undefined) {
      await lambda.deploy(functionName, source, { timeout: rest.timeout ?? 60 });
      if (rest.permitted !== false) {
        lambda.service.addPermission(functionName, {
          statementId: "api",
          action: "lambda:InvokeFunction",
          principal: "apigateway.amazonaws.com",
          sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${apiId()}/*/*`,
        });
      }
    }
    const proxy = {
      type: "AWS_PROXY" as const,
      functionArn: lambda.service.functionArn(functionName),
      timeoutMilliseconds: 29_000,
      withCredentials: false,
    };
    api.putIntegration(resourceId, httpMethod, { ...proxy, ...integration } as RestIntegration);
  }

  const textOf = async (...request: Parameters<typeof rawRequest>) => {
    const { status, body } = await rawRequest(...request);
    return [status, body.toString("utf8")];
  };

  it("hands over headers, query and path parameters of any name", async () => {
    const url = await serve([{ path: "/{__proto__}/{constructor}", source: ECHO }]);
    const { body } = await rawRequest(`${url}/a/b?__proto__=1&__proto__=2&constructor=3`, {
      headers: [
        ["__proto__", "one"],
        ["__proto__", "two"],
        ["constructor", "three"],
      ],
    });
    const event = JSON.parse(body.toString("utf8"));
    const entries = (names: object) =>
      Object.entries(names).filter(([name]) => /^(__proto__|constructor)$/.test(name));
    const named = (first: unknown, second: unknown) => [
      ["__proto__", first],
      ["constructor", second],
    ];
    assert.deepEqual(
      [
        event.headers,
        event.multiValueHeaders,
        event.queryStringParameters,
        event.multiValueQueryStringParameters,
        event.pathParameters,
      ].map(entries),
      [
        named("two", "three"),
        named(["one", "two"], ["three"]),
        named("2", "3"),
        named(["1", "2"], ["3"]),
        named("a", "b"),
      ],
    );
  });

  it("hands the request over in payload format 1.0", async () => {
    const url = await serve([{ path: "/models/{name}/infer", source: ECHO }]);
    const { body } = await rawRequest(`${url}/models/a%20b/infer?x=1&x=2&y=a%2Bb+c`, {
      method: "POST",
      headers: [
        ["Content-Type", "application/json"],
        ["X-Many", "one"],
        ["X-Many", "two"],
        ["user-agent", "test"],
        ["aUThorization", "Basic YTpi"],
        ["Content-MD5", "x"],
        ["Max-Forwards", "2"],
      ],
      body: '{"ü":1}',
    });
    const event = JSON.parse(body.toString("utf8"));
    const { requestTime, requestTimeEpoch, requestId, extendedRequestId } = event.requestContext;
    assert.match(requestTime, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    const trace = event.headers["X-Amzn-Trace-Id"];
    const { host, port } = new URL(url);
    assert.deepEqual(event, {
      resource: "/models/{name}/infer",
      path: "/models/a%20b/infer",
      httpMethod: "POST",
      headers: {
        Host: host,
        "Content-Type": "application/json",
        "X-Many": "two",
        "User-Agent": "test",
        Authorization: "Basic YTpi",
        "X-Amzn-Trace-Id": trace,
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Port": port,
        "X-Forwarded-Proto": "http",
      },
      multiValueHeaders: {
        Host: [host],
        "Content-Type": ["application/json"],
        "X-Many": ["one", "two"],
        "User-Agent": ["test"],
        Authorization: ["Basic YTpi"],
        "X-Amzn-Trace-Id": [trace],
        "X-Forwarded-For": ["127.0.0.1"],
        "X-Forwarded-Port": [port],
        "X-Forwarded-Proto": ["http"],
      },
      queryStringParameters: { x: "2", y: "a+b c" },
      multiValueQueryStringParameters: { x: ["1", "2"], y: ["a+b c"] },
      pathParameters: { name: "a%20b" },
      stageVariables: null,
      requestContext: {
        resourceId: "root/models/{name}/infer",
        resourcePath: "/models/{name}/infer",
        httpMethod: "POST",
        extendedRequestId,
        requestTime,
        path: "/prod/models/a%20b/infer",
        accountId: "123456789012",
        protocol: "HTTP/1.1",
        stage: "prod",
        domainPrefix: apiId(),
        requestTimeEpoch,
        requestId,
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: "127.0.0.1",
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: "test",
          user: null,
        },
        domainName: `${apiId()}.execute-api.eu-west-1.amazonaws.com`,
        deploymentId: "first",
        apiId: apiId(),
      },
      body: '{"ü":1}',
      isBase64Encoded: false,
    });
  });

  it("has each field of AWS's own sample, and null for what the request does not have", async () => {
    const url = await serve([{ path: "/a", source: ECHO }]);
    const event = JSON.parse((await rawRequest(`${url}/a`)).body.toString("utf8"));
    const missing = (sample: object, of: object) =>
      Object.keys(sample).filter((name) => !Object.hasOwn(of, name));
    assert.deepEqual(
      [
        missing(apiGatewaySample, event),
        missing(apiGatewaySample.requestContext, event.requestContext),
        missing(apiGatewaySample.requestContext.identity, event.requestContext.identity),
      ],
      [[], [], []],
    );
    const { body, queryStringParameters, multiValueQueryStringParameters, pathParameters } = event;
    assert.deepEqual(
      [body, queryStringParameters, multiValueQueryStringParameters, pathParameters],
      [null, null, null, null],
    );
  });

  it("keeps the root of a client's trace, and appends to who forwarded the request", async () => {
    const url = await serve([{ path: "/a", source: ECHO }]);
    const root = "1-5e5e5e5e-0123456789abcdef01234567";
    const response = await rawRequest(`${url}/a`, {
      headers: [
        ["x-amzn-trace-id", `Root=${root};Sampled=1`],
        ["x-forwarded-for", "203.0.113.7"],
        ["X-Forwarded-Proto", "https"],
      ],
    });
    const { headers, multiValueHeaders } = JSON.parse(response.body.toString());
    assert.match(headers["X-Amzn-Trace-Id"], new RegExp(`^Root=${root};Parent=[0-9a-f]{16};Sampled=1$`));
    assert.equal(response.headers["x-amzn-trace-id"], headers["X-Amzn-Trace-Id"]);
    assert.equal(headers["X-Forwarded-For"], "203.0.113.7, 127.0.0.1");
    const single = Object.entries(headers).map(([name, value]) => [name, [value]]);
    assert.deepEqual(multiValueHeaders, Object.fromEntries(single));
    const whole = `Root=${root};Parent=7fa8c0f79203be72;Sampled=1`;
    const traced = await rawRequest(`${url}/a`, { headers: [["x-amzn-trace-id", whole]] });
    assert.equal(traced.headers["x-amzn-trace-id"], whole, "recorded on AWS");
  });

  it("keeps names that JavaScript's objects have, too", async () => {
    const url = await serve([{ path: "/{__proto__}", source: ECHO }]);
    const { body } = await rawRequest(`${url}/a?__proto__=1&constructor=2`, {
      headers: [["__proto__", "3"]],
    });
    const event = JSON.parse(body.toString());
    assert.deepEqual(
      [
        Object.entries(event.queryStringParameters),
        Object.entries(event.multiValueQueryStringParameters),
        Object.entries(event.pathParameters),
        Object.entries(event.headers).find(([, value]) => value === "3"),
      ],
      [
        [
          ["__proto__", "1"],
          ["constructor", "2"],
        ],
        [
          ["__proto__", ["1"]],
          ["constructor", ["2"]],
        ],
        [["__proto__", "a"]],
        ["__proto__", "3"],
      ],
    );
  });

  it("takes paths with doubled and closing slashes as AWS was recorded to", async () => {
    const source =
      "exports.handler = async ({ path, pathParameters, requestContext }) => ({ statusCode: 200, body: JSON.stringify([path, pathParameters.proxy, requestContext.path]) })";
    const { origin } = new URL(await serve([{ path: "/{proxy+}", source }]));
    const email = "api/test%2Balias@gmail.com/test+alias@gmail.com";
    for (const [sent, ...recorded] of [
      ["/prod/p", "/p", "p", "/prod/p"],
      ["/prod/p/", "/p/", "p", "/prod/p/"],
      ["/prod/p//d", "/p//d", "p//d", "/prod/p//d"],
      ["//prod/p", "/p", "p", "/prod/p"],
      ["/prod//p", "/p", "p", "/prod//p"],
      [`/prod/${email}`, `/${email}`, email, `/prod/${email}`],
    ] as const) {
      assert.deepEqual(JSON.parse(String((await textOf(origin + sent))[1])), recorded, sent);
    }
  });

  it("takes 10,240 bytes of request line and header values, and no more", async () => {
    const url = await serve([{ path: "/a", source: "exports.handler = async () => ({ body: 'in' })" }]);
    const rest = "GET /prod/a HTTP/1.1".length + new URL(url).host.length + "keep-alive".length;
    const ask = (bytes: number) =>
      textOf(`${url}/a`, {
        headers: [
          ["Connection", "keep-alive"],
          ["X-Long", "x".repeat(bytes - rest)],
        ],
      });
    assert.deepEqual(await ask(10_240), [200, "in"]);
    assert.deepEqual(await ask(10_241), [431, '{"message":"Request Header Fields Too Large"}']);
  });

  it("takes the most literal resource, a method of its own before ANY, and the rest of the path greedily", async () => {
    const named = (name: string) =>
      `exports.handler = async (e) => ({ statusCode: 200, body: '${name} ' + JSON.stringify(e.pathParameters) })`;
    const url = await serve([
      { path: "/", source: named("root") },
      { path: "/a", source: named("a") },
      { path: "/a", httpMethod: "POST", source: named("POST a") },
      { path: "/a/{b}", source: named("a/b") },
      { path: "/a/{b}/c", source: named("a/b/c") },
      { path: "/{proxy+}", source: named("proxy") },
    ]);
    const bodies = await Promise.all(
      ["", "/", "/a", "/a/", "//a", "/a/1", "/a/1/c", "/a/1/d", "/x/y%2Fz"].map(
        async (path) => (await textOf(url + path))[1],
      ),
    );
    assert.deepEqual(bodies, [
      "root null",
      "root null",
      "a null",
      "a null",
      "a null",
      'a/b {"b":"1"}',
      'a/b/c {"b":"1"}',
      'proxy {"proxy":"a/1/d"}',
      'proxy {"proxy":"x/y%2Fz"}',
    ]);
    assert.deepEqual(await textOf(`${url}/a`, { method: "POST" }), [200, "POST a null"]);
  });

  it("rejects an unknown route, method and stage in API Gateway's words", async () => {
    const url = await serve([{ path: "/a", httpMethod: "GET", source: ECHO }]);
    assert.deepEqual(await textOf(`${url}/b`), [403, '{"message":"Missing Authentication Token"}']);
    assert.deepEqual(await textOf(`${url}/a`, { method: "PUT" }), [
      403,
      '{"message":"Missing Authentication Token"}',
    ]);
    const unknown = await rawRequest(`${new URL(url).origin}/dev/a`);
    assert.deepEqual(
      [unknown.status, unknown.headers["x-amzn-errortype"], unknown.body.toString()],
      [403, "ForbiddenException", '{"message":"Forbidden"}'],
    );
  });

  describe("codes bodies as binaryMediaTypes says", () => {
    const cases: [types: string[], contentType: string | undefined, encoded: boolean][] = [
      [[], "application/octet-stream", false],
      [["*/*"], "application/json", true],
      [["*/*"], undefined, true],
      [["image/*"], "image/png", true],
      [["image/*"], "text/plain", false],
      [["application/octet-stream"], "application/octet-stream; x=y", true],
    ];
    for (const [types, contentType, encoded] of cases) {
      it(`${contentType ?? "no type"} ${encoded ? "in base64" : "as text"} with [${types}]`, async () => {
        const url = await serve([{ path: "/a", source: ECHO }], types);
        const headers = contentType === undefined ? [] : [["Content-Type", contentType] as const];
        const response = await rawRequest(`${url}/a`, { method: "POST", headers, body: "a=1" });
        const { body, isBase64Encoded } = JSON.parse(response.body.toString("utf8"));
        assert.deepEqual(
          { body, isBase64Encoded },
          { body: encoded ? "YT0x" : "a=1", isBase64Encoded: encoded },
        );
      });
    }

    it("answers decoded when the first accepted type is binary, else as they are", async () => {
      const source =
        "exports.handler = async () => ({ statusCode: 200, body: 'AP8=', isBase64Encoded: true })";
      const some = await serve([{ path: "/a", source }], ["image/*"]);
      const all = await serve([{ path: "/a", source }], ["*/*"]);
      const bodyOf = async (url: string, accept?: string) =>
        (
          await rawRequest(`${url}/a`, { headers: accept === undefined ? [] : [["Accept", accept]] })
        ).body.toString("hex");
      const text = Buffer.from("AP8=").toString("hex");
      assert.deepEqual(
        [
          await bodyOf(some, "image/png"),
          await bodyOf(some, "text/html,image/png"),
          await bodyOf(some),
          await bodyOf(all),
        ],
        ["00ff", text, text, "00ff"],
      );
    });
  });

  it("answers with both forms of headers", async () => {
    const url = await serve([{ path: "/a", source: OBEDIENT }]);
    const { status, headers, body } = await rawRequest(`${url}/a`, {
      method: "POST",
      body: JSON.stringify({
        statusCode: 201,
        headers: { "X-One": 1, "Set-Cookie": "a=1", Date: "never" },
        multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
        body: "made",
      }),
    });
    assert.deepEqual(
      [
        status,
        headers["x-one"],
        headers["set-cookie"],
        headers["x-amzn-remapped-date"],
        headers["content-type"],
        body.toString(),
      ],
      [201, "1", ["a=1", "b=2"], "never", "application/json", "made"],
    );
  });

  for (const [title, result] of [
    ["no object", "text"],
    ["a list", [1]],
    ["a member that it does not know", { statusCode: 200, wrongValue: "value" }],
    ["a function URL's cookies", { statusCode: 200, cookies: ["a=1"] }],
    ["a status code that is none", { statusCode: "test" }],
    ["a status code under 200", { statusCode: 199 }],
    ["headers that are no object", { statusCode: 200, headers: "x" }],
    [
      "a header's values that are no list",
      { statusCode: 200, multiValueHeaders: { "test-multi": "value1" } },
    ],
    ["a body that is no text", { statusCode: 200, body: { a: 1 } }],
    ["a header that no message can carry", { statusCode: 200, headers: { "x y": "z" } }],
  ] as const) {
    it(`answers 502 to ${title}`, async () => {
      const url = await serve([{ path: "/a", source: OBEDIENT }]);
      const response = await textOf(`${url}/a`, { method: "POST", body: JSON.stringify(result) });
      assert.deepEqual(response, [502, '{"message":"Internal server error"}']);
    });
  }

  it("takes answers of AWS's recordings", async () => {
    const url = await serve([{ path: "/a", source: OBEDIENT }]);
    const ask = async (result: object) => {
      const { status, headers, body } = await rawRequest(`${url}/a`, {
        method: "POST",
        body: JSON.stringify(result),
      });
      const { "test-header": header, "header-bool": bool, "test-multi": multi } = headers;
      return JSON.parse(
        JSON.stringify([status, body.toString(), headers["content-type"], { header, bool, multi }]),
      );
    };
    const type = "application/json";
    assert.deepEqual(await ask({ headers: { "test-header": "value", "header-bool": true } }), [
      200,
      "",
      type,
      { header: "value", bool: "true" },
    ]);
    assert.deepEqual(await ask({ statusCode: 200, headers: null }), [200, "", type, {}]);
    assert.deepEqual(await ask({ statusCode: "201", headers: { "test-header": null } }), [201, "", type, {}]);
    assert.deepEqual(
      await ask({
        statusCode: 200,
        multiValueHeaders: { "tesT-Multi": ["value-multi"] },
        headers: { "test-multi": "value-solo" },
      }),
      [200, "", type, { multi: ["value-multi", "value-solo"] }],
    );
    assert.deepEqual(await ask({ statusCode: 200, body: "dGVzdC1kYXRh", isBase64Encoded: true }), [
      200,
      "dGVzdC1kYXRh",
      type,
      {},
    ]);
  });

  for (const [title, path, expected] of [
    [
      "an exception",
      { source: "exports.handler = async () => { throw new Error('secret') }" },
      [502, "Internal server error"],
    ],
    ["a crash", { source: "exports.handler = async () => process.exit(1)" }, [502, "Internal server error"]],
    [
      "a function's timeout",
      { source: "exports.handler = () => new Promise(() => setInterval(() => {}, 1e3))", timeout: 1 },
      [502, "Internal server error"],
    ],
    [
      "its own limit",
      {
        source: "exports.handler = () => new Promise(() => setInterval(() => {}, 1e3))",
        integration: { timeoutMilliseconds: 100 },
      },
      [504, "Endpoint request timed out"],
    ],
    ["a missing permission", { source: ECHO, permitted: false }, [500, "Internal server error"]],
  ] as const) {
    it(`answers ${expected[0]} to ${title}`, async () => {
      const url = await serve([{ path: "/a", ...path } as Path]);
      assert.deepEqual(await textOf(`${url}/a`), [expected[0], JSON.stringify({ message: expected[1] })]);
    });
  }

  it("answers 500 when the function is throttled", async () => {
    const url = await serve([{ path: "/a", source: ECHO }]);
    lambda.service.putReservedConcurrency(`${apiId()}-0`, 0);
    assert.deepEqual(await textOf(`${url}/a`), [500, '{"message":"Internal server error"}']);
  });

  it("answers 413 to a body over 10 MB, and to an event that Lambda would not take", async () => {
    const url = await serve([{ path: "/a", source: ECHO }], ["*/*"]);
    const over = await textOf(`${url}/a`, { method: "POST", body: Buffer.alloc(10_485_761, "1") });
    const inBase64 = await textOf(`${url}/a`, { method: "POST", body: Buffer.alloc(5_000_000, "1") });
    assert.deepEqual([over[0], inBase64[0]], [413, 413]);
  });

  it("throttles a stage by burst and rate", async () => {
    const url = await serve([{ path: "/a", source: ECHO }]);
    lambda.gateway.restApi(apiId()).putThrottling("prod", "*/*", { rateLimit: 0.001, burstLimit: 2 });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push(await textOf(`${url}/a`));
    assert.deepEqual(
      statuses.map(([status]) => status),
      [200, 200, 429, 429],
    );
    assert.equal(statuses[3]?.[1], '{"message":"Too Many Requests"}');
  });

  it("lets in with AWS_IAM who signed, and tells the function who it was", async () => {
    const url = await serve([{ path: "/a", authorization: "AWS_IAM", source: ECHO }]);
    callers.statements = [{ Effect: "Allow", Action: "execute-api:*", Resource: "*" }];
    const signed = await rawRequest(`${url}/a`, { headers: [["Authorization", "good"]] });
    const { accessKey, accountId, caller, userArn, user } = JSON.parse(signed.body.toString()).requestContext
      .identity;
    assert.deepEqual(
      { accessKey, accountId, caller, userArn, user },
      {
        accessKey: "AKIA",
        accountId: "123456789012",
        caller: "AIDA",
        userArn: "arn:aws:iam::123456789012:user/test",
        user: "AIDA",
      },
    );
    assert.deepEqual(await textOf(`${url}/a`), [403, '{"message":"Missing Authentication Token"}']);
    const wrong = await rawRequest(`${url}/a`, { headers: [["Authorization", "bad"]] });
    assert.deepEqual(
      [wrong.status, wrong.headers["x-amzn-errortype"], wrong.body.toString()],
      [403, "InvalidSignatureException", '{"message":"It does not match."}'],
    );
  });

  it("asks with AWS_IAM whether the caller may invoke the method on the path", async () => {
    const url = await serve([{ path: "/items/{id}", authorization: "AWS_IAM", source: ECHO }]);
    const api = `arn:aws:execute-api:eu-west-1:123456789012:${apiId()}`;
    const allow = (Resource: string) => ({ Effect: "Allow", Action: "execute-api:Invoke", Resource });
    const ask = async (path: string, method: string, ...statements: object[]) => {
      callers.statements = statements;
      const { status, headers, body } = await rawRequest(url + path, {
        method,
        headers: [["Authorization", "good"]],
      });
      return status === 200 ? 200 : [status, headers["x-amzn-errortype"], body.toString()];
    };
    const denied = (method: string, reason: string) => [
      403,
      "AccessDeniedException",
      `{"Message":"User: arn:aws:iam::123456789012:user/test is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:${apiId()}/prod/${method}/items/1 ${reason}"}`,
    ];
    const implicit = "because no identity-based policy allows the execute-api:Invoke action";
    const explicit = "with an explicit deny in an identity-based policy";
    assert.deepEqual(
      [
        await ask("/items/1", "GET"),
        await ask("/items/1", "GET", allow(`${api}/prod/GET/items/1`)),
        await ask("//items/1/", "GET", allow(`${api}/prod/GET/items/1`)),
        await ask("/items/1", "POST", allow(`${api}/prod/GET/items/*`)),
        await ask("/items/1", "GET", allow("*"), { ...allow(`${api}/*/GET/items/1`), Effect: "Deny" }),
      ],
      [denied("GET", implicit), 200, 200, denied("POST", implicit), denied("GET", explicit)],
    );
  });

  const ON_ITEMS = (...statements: readonly object[]) => ({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Effect: "Allow",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "execute-api:/prod/GET/items",
      ...statement,
    })),
  });

  it("lets in by its resource policy whom that allows, and nobody else", async () => {
    const paths = ["/items", "/others"].map((path) => ({ path, source: ECHO }));
    const url = await serve(paths, [], { policy: () => ON_ITEMS({}) });
    assert.equal((await textOf(`${url}/items`))[0], 200);
    assert.deepEqual(await textOf(`${url}/others`), [
      403,
      `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:${apiId()}/prod/GET/others because no resource-based policy allows the execute-api:Invoke action"}`,
    ]);
    const elsewhere = { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    const closed = await serve(paths, [], {
      policy: (api) =>
        ON_ITEMS({}, { Effect: "Deny", Resource: `arn:aws:execute-api:*:*:${api}/*`, Condition: elsewhere }),
    });
    assert.match(
      String((await textOf(`${closed}/items`))[1]),
      /with an explicit deny in a resource-based policy"}$/,
    );
  });

  it("lets in with AWS_IAM whom either policy allows and neither denies", async () => {
    const user = GatewayCallers.user.userArn;
    const ask = async (own: readonly object[], ...statements: readonly object[]) => {
      callers.statements = own;
      const url = await serve([{ path: "/items", authorization: "AWS_IAM", source: ECHO }], [], {
        policy: () => ON_ITEMS(...statements),
      });
      return (await rawRequest(`${url}/items`, { headers: [["Authorization", "good"]] })).status;
    };
    const allow = { Effect: "Allow", Action: "execute-api:*", Resource: "*" };
    assert.deepEqual(
      [
        await ask([], { Principal: { AWS: user } }),
        await ask([], { Principal: { AWS: `${user}2` } }),
        await ask([allow], { Principal: { AWS: `${user}2` } }),
        await ask([allow], { Effect: "Deny", Principal: { AWS: user } }),
      ],
      [200, 403, 200, 403],
    );
  });

  it("answers nobody on its own address where that is disabled", async () => {
    const url = await serve([{ path: "/a", source: ECHO }], [], { disableExecuteApiEndpoint: true });
    assert.deepEqual(await textOf(`${url}/a`), [403, '{"message":"Forbidden"}']);
  });

  it("compresses from its minimum size on in the coding that the caller prefers, and reads such requests", async () => {
    const source = `exports.handler = async ({ body }) =>
      ({ statusCode: 200, body: body ?? "" })`;
    const url = await serve([{ path: "/a", source }], [], { minimumCompressionSize: 100 });
    const long = "paddock ".repeat(20);
    const ask = async (accepted: string | undefined, body: string | Buffer, coding?: string) => {
      const response = await rawRequest(`${url}/a`, {
        method: "POST",
        body,
        headers: [
          ...(accepted === undefined ? [] : ([["Accept-Encoding", accepted]] as const)),
          ...(coding === undefined ? [] : ([["Content-Encoding", coding]] as const)),
        ],
      });
      return [response.status, response.headers["content-encoding"], response.body.toString("latin1")];
    };
    const plain = (text: string) => [200, undefined, text];
    const coded = (name: string, bytes: Buffer) => [200, name, bytes.toString("latin1")];
    assert.deepEqual(
      [
        await ask(undefined, long),
        await ask("gzip", "short"),
        await ask("br, gzip", long),
        await ask("deflate;q=0.5, gzip;q=0.9", long),
        await ask("deflate", long),
        await ask(undefined, gzipSync(long), "gzip"),
      ],
      [
        plain(long),
        plain("short"),
        plain(long),
        coded("gzip", gzipSync(long)),
        coded("deflate", deflateSync(long)),
        plain(long),
      ],
    );
    for (const coding of ["br", "gzip"]) {
      assert.deepEqual(await ask(undefined, "not compressed", coding), [
        415,
        undefined,
        '{"message":"Unsupported Media Type"}',
      ]);
    }
  });

  it("answers a MOCK integration without a function", async () => {
    const responseParameters = {
      "method.response.header.Access-Control-Allow-Origin": "'*'",
      "method.response.header.Access-Control-Allow-Methods": "'GET,POST'",
    };
    const url = await serve([
      {
        path: "/a",
        httpMethod: "OPTIONS",
        integration: { type: "MOCK", statusCode: 204 },
        responses: [
          { statusCode: "500", selectionPattern: "5\\d\\d", responseParameters: {}, responseTemplates: {} },
          { statusCode: "200", responseParameters, responseTemplates: { "application/json": "{}" } },
        ],
      },
    ]);
    const { status, headers, body } = await rawRequest(`${url}/a`, { method: "OPTIONS" });
    assert.deepEqual(
      [
        status,
        headers["access-control-allow-origin"],
        headers["access-control-allow-methods"],
        body.toString(),
      ],
      [200, "*", "GET,POST", "{}"],
    );
  });

  it("serves what its stage's deployment froze, until the stage gets another one", async () => {
    const url = await serve([{ path: "/a", source: ECHO }]);
    await declare(`${apiId()}-later`, { path: "/later", source: ECHO });
    assert.equal((await textOf(`${url}/later`))[0], 403);
    lambda.gateway.restApi(apiId()).createDeployment("second");
    await lambda.gateway.putStage(
      apiId(),
      { stageName: "prod", deploymentId: "second" },
      "http://127.0.0.1:0",
    );
    assert.equal((await textOf(`${url}/later`))[0], 200);
  });

  it("answers rejections as the declared gateway responses say", async () => {
    const url = await serve([]);
    const api = lambda.gateway.restApi(apiId());
    api.putGatewayResponse({
      responseType: "DEFAULT_4XX",
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
      responseTemplates: {},
    });
    api.createDeployment("second");
    await lambda.gateway.putStage(
      apiId(),
      { stageName: "prod", deploymentId: "second" },
      "http://127.0.0.1:0",
    );
    const inherited = await rawRequest(`${url}/b`);
    api.putGatewayResponse({
      responseType: "MISSING_AUTHENTICATION_TOKEN",
      statusCode: "404",
      responseParameters: {},
      responseTemplates: { "application/json": '{"message":"Not found","was":$context.error.messageString}' },
    });
    const frozen = await rawRequest(`${url}/b`);
    api.createDeployment("third");
    await lambda.gateway.putStage(
      apiId(),
      { stageName: "prod", deploymentId: "third" },
      "http://127.0.0.1:0",
    );
    assert.deepEqual(
      [inherited, frozen].map((response) => [
        response.status,
        response.headers["access-control-allow-origin"],
        response.body.toString(),
      ]),
      Array(2).fill([403, "*", '{"message":"Missing Authentication Token"}']),
    );
    assert.deepEqual(await textOf(`${url}/b`), [
      404,
      '{"message":"Not found","was":"Missing Authentication Token"}',
    ]);
  });

  it("writes the access log that its stage declares", async () => {
    const url = await serve([{ path: "/a/{b}", source: ECHO }]);
    const format =
      '{"m":"$context.httpMethod","p":"$context.resourcePath","s":"$context.status","e":"$context.error.message","x":"$context.nothing"}';
    const accessLog = { destinationArn: "arn:aws:logs:eu-west-1:123456789012:log-group:api", format };
    await lambda.gateway.putStage(
      apiId(),
      { stageName: "prod", deploymentId: "first", accessLog },
      "http://127.0.0.1:0",
    );
    lambda.accessLog.length = 0;
    await rawRequest(`${url}/a/1`);
    await rawRequest(`${url}/nix`);
    assert.deepEqual(lambda.accessLog, [
      '{"m":"GET","p":"/a/{b}","s":"200","e":"-","x":"-"}',
      '{"m":"GET","p":"-","s":"403","e":"Missing Authentication Token","x":"-"}',
    ]);
  });

  it("A method that asks for an API key lets in the keys of the stage's usage plans, and no other", async () => {
    const url = await serve([{ path: "/a", source: ECHO, apiKeyRequired: true }]);
    const { usagePlans } = lambda.gateway;
    usagePlans.putKey("of-plan", "first-key", true);
    usagePlans.putKey("disabled", "second-key", false);
    usagePlans.putKey("without-plan", "third-key", true);
    usagePlans.putPlan("plan", [{ apiId: apiId(), stage: "prod" }]);
    for (const id of ["of-plan", "disabled"]) usagePlans.addKey("plan", id);
    const statusWith = async (key?: string) =>
      (await rawRequest(`${url}/a`, key === undefined ? {} : { headers: [["x-api-key", key]] })).status;
    assert.deepEqual(
      [
        await statusWith("first-key"),
        await statusWith("second-key"),
        await statusWith("third-key"),
        await statusWith(),
      ],
      [200, 403, 403, 403],
    );
    assert.deepEqual(await textOf(`${url}/a`), [403, '{"message":"Forbidden"}']);
    usagePlans.putPlan("plan", [{ apiId: apiId(), stage: "other" }]);
    assert.equal(await statusWith("first-key"), 403);
  });

  it("reports each request with what the function did", async () => {
    const url = await serve([{ path: "/a", source: ECHO }]);
    lambda.requests.length = 0;
    await rawRequest(`${url}/a`);
    const [{ durationMs, invocation, ...report }] = lambda.requests as [(typeof lambda.requests)[0]];
    assert.deepEqual(
      { ...report, durationMs: typeof durationMs, invoked: invocation?.functionName },
      {
        via: "restApi",
        method: "GET",
        path: "/prod/a",
        status: 200,
        functionName: `${apiId()}-0`,
        durationMs: "number",
        invoked: `${apiId()}-0`,
      },
    );
  });
});
