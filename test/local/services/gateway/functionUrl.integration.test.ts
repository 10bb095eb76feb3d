import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "@paddock/local/iam";
import type {
  Cors,
  FunctionUrlConfig,
} from "../../../../local/services/gateway/functionUrl/functionUrlConfig";
import functionUrlSample from "../../../fixtures/events/functionUrlV2.json";
import { type RawResponse, rawRequest } from "../../../helpers/http/rawRequest";
import { GatewayCallers } from "../../../helpers/services/gatewayCallers";
import { type TemporaryGateway, temporaryGateway } from "../../../helpers/services/temporaryGateway";

const FORBIDDEN =
  '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}';

const bothPermissions = [
  { statementId: "url", action: "lambda:InvokeFunctionUrl", principal: "*", functionUrlAuthType: "NONE" },
  { statementId: "invoke", action: "lambda:InvokeFunction", principal: "*", invokedViaFunctionUrl: true },
];

/** Answers what the event's body, JSON, says. */
const OBEDIENT = "exports.handler = async (event) => JSON.parse(event.body)";
const json = { headers: [["Content-Type", "application/json"]] as const };

describe("a function URL", () => {
  const callers = new GatewayCallers();
  let lambda: TemporaryGateway;
  before(async () => {
    lambda = await temporaryGateway(callers);
  });
  after(() => lambda.close());

  let count = 0;
  async function serve(
    source: string,
    options: Partial<FunctionUrlConfig> & { permissions?: typeof bothPermissions; timeout?: number } = {},
  ): Promise<string> {
    const functionName = `f${++count}`;
    await lambda.deploy(functionName, source, { timeout: options.timeout ?? 60, publish: true });
    lambda.service.putAlias(functionName, { name: "live", functionVersion: "1" });
    for (const statement of options.permissions ?? bothPermissions) {
      lambda.service.addPermission(functionName, { ...statement, qualifier: options.qualifier });
    }
    const { qualifier, cors, authorizationType = "NONE" } = options;
    const config = { urlId: functionName, functionName, qualifier, authorizationType, cors };
    return lambda.gateway.putFunctionUrl(config, "http://127.0.0.1:0");
  }

  async function responseOf(url: string, response: unknown, method = "POST"): Promise<RawResponse> {
    return rawRequest(`${url}/`, { method, ...json, body: JSON.stringify(response) });
  }

  describe("and its events in payload format 2.0", () => {
    let url: string;
    let urlId: string;
    before(async () => {
      url = await serve(
        "exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })",
      );
      urlId = `f${count}`;
    });

    async function eventOf(path: string, options: Parameters<typeof rawRequest>[1] = {}) {
      return JSON.parse((await rawRequest(url + path, options)).body.toString("utf8"));
    }

    it("An event holds the whole request", async () => {
      const event = await eventOf("/models/a%20b/infer?x=1&x=2&y=a%2Bb+c&z", {
        method: "POST",
        headers: [
          ["Content-Type", "application/json"],
          ["X-Many", "one"],
          ["x-many", "two"],
          ["Cookie", "a=1; b=2"],
          ["User-Agent", "test"],
        ],
        body: '{"ü":1}',
      });
      const { time, timeEpoch, requestId } = event.requestContext;
      const { port } = new URL(url);
      assert.match(time, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
      assert.equal(typeof timeEpoch, "number");
      assert.match(
        event.headers["x-amzn-trace-id"],
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      );
      assert.deepEqual(event, {
        version: "2.0",
        routeKey: "$default",
        rawPath: "/models/a%20b/infer",
        rawQueryString: "x=1&x=2&y=a%2Bb+c&z",
        cookies: ["a=1", "b=2"],
        headers: {
          host: `127.0.0.1:${port}`,
          "content-type": "application/json",
          "x-many": "one,two",
          cookie: "a=1; b=2",
          "user-agent": "test",
          "content-length": "8",
          "x-amzn-trace-id": event.headers["x-amzn-trace-id"],
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-port": port,
          "x-forwarded-proto": "http",
          "x-amzn-tls-cipher-suite": "ECDHE-RSA-AES128-GCM-SHA256",
          "x-amzn-tls-version": "TLSv1.2",
        },
        queryStringParameters: { x: "1,2", y: "a+b c", z: "" },
        requestContext: {
          accountId: "anonymous",
          apiId: urlId,
          domainName: `${urlId}.lambda-url.eu-west-1.on.aws`,
          domainPrefix: urlId,
          http: {
            method: "POST",
            path: "/models/a%20b/infer",
            protocol: "HTTP/1.1",
            sourceIp: "127.0.0.1",
            userAgent: "test",
          },
          requestId,
          routeKey: "$default",
          stage: "$default",
          time,
          timeEpoch,
        },
        body: '{"ü":1}',
        isBase64Encoded: false,
      });
    });

    it("An event has the fields of AWS's own sample, and no other", async () => {
      const event = await eventOf("/?a=b", { method: "POST", headers: [["Cookie", "a=1"]], body: "x" });
      const known = new Set(Object.keys(functionUrlSample));
      assert.deepEqual(
        Object.keys(event).filter((name) => !known.has(name)),
        [],
      );
      const context = new Set(Object.keys(functionUrlSample.requestContext));
      assert.deepEqual(
        Object.keys(event.requestContext).filter((name) => !context.has(name)),
        [],
      );
      assert.deepEqual(
        Object.keys(event.requestContext.http),
        Object.keys(functionUrlSample.requestContext.http),
      );
    });

    it("An event has the root of the client's trace, and who forwarded the request before", async () => {
      const root = "1-5e5e5e5e-0123456789abcdef01234567";
      const { headers } = await eventOf("/", {
        headers: [
          ["X-Amzn-Trace-Id", `Self=1-0-0;Root=${root}`],
          ["X-Forwarded-For", "203.0.113.7"],
          ["X-Forwarded-For", "198.51.100.1"],
          ["Cookie", "a=1"],
          ["Cookie", "b=2"],
        ],
      });
      assert.match(headers["x-amzn-trace-id"], new RegExp(`^Root=${root};Parent=[0-9a-f]{16};Sampled=0$`));
      assert.equal(headers["x-forwarded-for"], "203.0.113.7, 198.51.100.1, 127.0.0.1");
      assert.equal(headers.cookie, "a=1; b=2");
    });

    it("An event keeps names that JavaScript's objects have", async () => {
      const { queryStringParameters, headers } = await eventOf("/?__proto__=1&__proto__=2&constructor=3", {
        headers: [["__proto__", "4"]],
      });
      assert.deepEqual(Object.entries(queryStringParameters), [
        ["__proto__", "1,2"],
        ["constructor", "3"],
      ]);
      assert.deepEqual(
        Object.entries(headers).find(([, value]) => value === "4"),
        ["__proto__", "4"],
      );
    });

    it("An event lacks what the request does not have", async () => {
      const { body, cookies, queryStringParameters, isBase64Encoded } = await eventOf("/");
      assert.deepEqual(
        { body, cookies, queryStringParameters, isBase64Encoded },
        { body: undefined, cookies: undefined, queryStringParameters: undefined, isBase64Encoded: false },
      );
    });

    for (const [type, encoded] of [
      ["application/json", false],
      ["application/json; charset=utf-8", false],
      ["text/csv", false],
      ["application/xml", false],
      ["application/javascript", false],
      ["application/x-www-form-urlencoded", true],
      ["application/octet-stream", true],
      ["application/vnd.api+json", true],
      ["image/png", true],
      [undefined, true],
    ] as const) {
      it(`An event has the body ${encoded ? "base64-encoded" : "as text"} for ${type ?? "no content type"}`, async () => {
        const headers = type === undefined ? [] : [["Content-Type", type] as const];
        const { body, isBase64Encoded } = await eventOf("/", { method: "POST", headers, body: "a=1" });
        assert.deepEqual(
          { body, isBase64Encoded },
          { body: encoded ? "YT0x" : "a=1", isBase64Encoded: encoded },
        );
      });
    }
  });

  describe("and its responses", () => {
    let url: string;
    before(async () => {
      url = await serve(OBEDIENT);
    });

    it("A response has the status, headers, cookies and body that the function returns", async () => {
      const { status, headers, body } = await responseOf(url, {
        statusCode: 201,
        headers: { "Content-Type": "text/plain", "X-Number": 5, "x-request-id": "r" },
        cookies: ["a=1", "b=2; Secure"],
        body: "made",
      });
      assert.deepEqual(
        {
          status,
          type: headers["content-type"],
          number: headers["x-number"],
          cookies: headers["set-cookie"],
          body: body.toString(),
        },
        { status: 201, type: "text/plain", number: "5", cookies: ["a=1", "b=2; Secure"], body: "made" },
      );
    });

    for (const [title, result, expected] of [
      ["an object without status code", { a: [1] }, '{"a":[1]}'],
      ["a list", ["hello", 3, true], '["hello",3,true]'],
      ["a truth value", true, "true"],
      ["a number", 5, "5"],
      ["nothing", null, "null"],
    ] as const) {
      it(`A function that returns ${title} answers 200 with it as JSON`, async () => {
        const { status, headers, body } = await responseOf(url, result);
        assert.deepEqual(
          [status, headers["content-type"], body.toString()],
          [200, "application/json", expected],
        );
      });
    }

    it("A function that returns a string answers 200 with it as it is, as recorded on AWS", async () => {
      const { status, headers, body } = await responseOf(url, 'Hello, "world"!\n');
      assert.deepEqual(
        [status, headers["content-type"], body.toString()],
        [200, "application/json", 'Hello, "world"!\n'],
      );
    });

    it("A response has only the headers that have a value", async () => {
      const { status, headers } = await responseOf(url, { statusCode: 200, headers: { x: null, y: "1" } });
      assert.deepEqual([status, headers.x, headers.y], [200, undefined, "1"]);
    });

    it("A response has the bytes of a base64-encoded body", async () => {
      const { body } = await responseOf(url, { statusCode: 200, body: "AP+ACg==", isBase64Encoded: true });
      assert.deepEqual([...body], [0x00, 0xff, 0x80, 0x0a]);
    });

    it("A response to HEAD has headers only", async () => {
      const head = await serve(
        "exports.handler = async (event) => ({ statusCode: 200, headers: { 'x-method': event.requestContext.http.method }, body: 'four' })",
      );
      const { status, headers, body } = await rawRequest(`${head}/`, { method: "HEAD" });
      assert.deepEqual(
        [status, headers["x-method"], headers["content-length"], body.length],
        [200, "HEAD", "4", 0],
      );
    });

    for (const [title, result] of [
      ["a status that is none", { statusCode: "many" }],
      ["a status under 200", { statusCode: 199 }],
      ["a status over 599", { statusCode: 600 }],
      ["headers that are no object", { statusCode: 200, headers: "x" }],
      ["a header that no message can carry", { statusCode: 200, headers: { "x y": "z" } }],
      ["a header value with a line break", { statusCode: 200, headers: { x: "a\r\nb: c" } }],
      ["cookies that are no list", { statusCode: 200, cookies: "a=1" }],
    ] as const) {
      it(`A function that returns ${title} answers 502`, async () => {
        const { status, body } = await responseOf(url, result);
        assert.deepEqual([status, body.toString()], [502, "Internal Server Error"]);
      });
    }
  });

  for (const [title, source, timeout] of [
    ["an exception", "exports.handler = async () => { throw new Error('secret') }", 3],
    ["a crash", "exports.handler = async () => process.exit(1)", 3],
    ["a timeout", "exports.handler = async () => new Promise(() => setInterval(() => {}, 1000))", 1],
    ["a handler that does not load", "throw new Error('secret')", 3],
    ["an answer over 6 MB", "exports.handler = async () => 'x'.repeat(7e6)", 3],
  ] as const) {
    it(`answers 502 to ${title}, without the reason`, async () => {
      const url = await serve(source, { timeout });
      const { status, body } = await rawRequest(`${url}/`);
      assert.deepEqual([status, body.toString()], [502, "Internal Server Error"]);
    });
  }

  it("answers 413 to a body over 6 MB, and to one that is over 6 MB in base64", async () => {
    const url = await serve(OBEDIENT);
    const over = await rawRequest(`${url}/`, { method: "POST", ...json, body: Buffer.alloc(6_291_457, "1") });
    const inBase64 = await rawRequest(`${url}/`, { method: "POST", body: Buffer.alloc(4_800_000, 1) });
    assert.deepEqual([over.status, inBase64.status], [413, 413]);
  });

  it("answers 429 when the function is throttled", async () => {
    const url = await serve(OBEDIENT);
    lambda.service.putReservedConcurrency(`f${count}`, 0);
    const { status, headers } = await rawRequest(`${url}/`);
    assert.deepEqual([status, headers["x-amzn-errortype"]], [429, "TooManyRequestsException"]);
  });

  describe("with auth type NONE", () => {
    const cases: [string, typeof bothPermissions, number][] = [
      ["both permissions", bothPermissions, 200],
      ["no permission", [], 403],
      ["the permission for the URL alone", bothPermissions.slice(0, 1), 403],
      ["the permission for the function alone", bothPermissions.slice(1), 403],
    ];
    for (const [title, permissions, expected] of cases) {
      it(`answers ${expected} with ${title}`, async () => {
        const url = await serve("exports.handler = async () => 'in'", { permissions });
        const { status, headers, body } = await rawRequest(`${url}/`);
        assert.deepEqual(
          [status, headers["x-amzn-errortype"], body.toString()],
          expected === 200 ? [200, undefined, "in"] : [403, "AccessDeniedException", FORBIDDEN],
        );
      });
    }

    it("decides by a permission that was removed, or added, since the last request", async () => {
      const url = await serve("exports.handler = async () => 'in'");
      const statuses: number[] = [(await rawRequest(`${url}/`)).status];
      lambda.service.removePermission(`f${count}`, "url");
      statuses.push((await rawRequest(`${url}/`)).status);
      lambda.service.addPermission(`f${count}`, bothPermissions[0] ?? assert.fail());
      statuses.push((await rawRequest(`${url}/`)).status);
      assert.deepEqual(statuses, [200, 403, 200]);
    });

    it("asks for permissions on its own qualifier", async () => {
      const url = await serve("exports.handler = async () => 'in'", { qualifier: "live" });
      assert.equal((await rawRequest(`${url}/`)).status, 200);
      lambda.service.removePermission(`f${count}`, "url");
      lambda.service.addPermission(`f${count}`, bothPermissions[0] ?? assert.fail());
      assert.equal((await rawRequest(`${url}/`)).status, 403);
    });
  });

  describe("with auth type AWS_IAM", () => {
    let url: string;
    before(async () => {
      url = await serve("exports.handler = async (event) => event.requestContext", {
        authorizationType: "AWS_IAM",
        permissions: [],
      });
    });

    const signed = { headers: [["Authorization", "good"]] as const };
    const allow = (...Action: string[]) => ({ Effect: "Allow", Action, Resource: "*" });
    const statusWith = async (...statements: object[]) => {
      callers.statements = statements;
      const { status, body } = await rawRequest(`${url}/`, signed);
      return status === 200 ? 200 : [status, body.toString()];
    };

    it("tells the function who signed", async () => {
      callers.statements = [allow("lambda:*")];
      const { body } = await rawRequest(`${url}/`, signed);
      const { accountId, authentication, authorizer } = JSON.parse(body.toString());
      assert.deepEqual(
        { accountId, authentication, authorizer },
        {
          accountId: "123456789012",
          authentication: null,
          authorizer: {
            iam: {
              accessKey: "AKIA",
              accountId: "123456789012",
              callerId: "AIDA",
              cognitoIdentity: null,
              principalOrgId: null,
              userArn: "arn:aws:iam::123456789012:user/test",
              userId: "AIDA",
            },
          },
        },
      );
    });

    it("answers 403 without a signature, and in the signature's words with a wrong one", async () => {
      const unsigned = await rawRequest(`${url}/`);
      const wrong = await rawRequest(`${url}/`, { headers: [["Authorization", "bad"]] });
      assert.deepEqual(
        [unsigned, wrong].map(({ status, headers, body }) => [
          status,
          headers["x-amzn-errortype"],
          body.toString(),
        ]),
        [
          [403, "AccessDeniedException", FORBIDDEN],
          [403, "InvalidSignatureException", '{"message":"It does not match."}'],
        ],
      );
    });

    it("asks the caller's own policy for both actions, on its own alias", async () => {
      assert.deepEqual(
        [
          await statusWith(),
          await statusWith(allow("lambda:InvokeFunctionUrl")),
          await statusWith(allow("lambda:InvokeFunction")),
          await statusWith(allow("lambda:InvokeFunctionUrl", "lambda:InvokeFunction")),
          await statusWith(allow("lambda:*"), { ...allow("lambda:InvokeFunction"), Effect: "Deny" }),
        ],
        [[403, FORBIDDEN], [403, FORBIDDEN], [403, FORBIDDEN], 200, [403, FORBIDDEN]],
      );
      const functionName = `f${count}`;
      const alias = await serve("exports.handler = async () => 1", {
        authorizationType: "AWS_IAM",
        permissions: [],
        qualifier: "live",
      });
      callers.statements = [allow("*")];
      callers.asked.length = 0;
      assert.equal((await rawRequest(`${url}/`, signed)).status, 200);
      assert.equal((await rawRequest(`${alias}/`, signed)).status, 200);
      const context = {
        "aws:SecureTransport": "true",
        "aws:SourceIp": "127.0.0.1",
        "aws:PrincipalArn": "arn:aws:iam::123456789012:user/test",
        "aws:PrincipalAccount": "123456789012",
        "lambda:FunctionUrlAuthType": "AWS_IAM",
        "lambda:InvokedViaFunctionUrl": "true",
      };
      const asked = (resource: string) =>
        ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].map((action) => ({
          principal: "arn:aws:iam::123456789012:user/test",
          action,
          resource: `arn:aws:lambda:eu-west-1:123456789012:function:${resource}`,
          context,
        }));
      const named = (all: Context = {}) =>
        Object.fromEntries(Object.keys(context).map((key) => [key, all[key]]));
      const requests = callers.asked.map(({ principal, action, resource, context }) => ({
        principal,
        action,
        resource,
        context: named(context),
      }));
      assert.deepEqual(requests, [...asked(functionName), ...asked(`f${count}:live`)]);
    });

    it("lets in by the function's policy whom it names, for one action or both", async () => {
      const functionName = `f${count + 1}`;
      url = await serve("exports.handler = async () => 1", { authorizationType: "AWS_IAM", permissions: [] });
      const permit = (action: string, principal: string) =>
        lambda.service.addPermission(functionName, {
          statementId: `${action}-${principal}`,
          action,
          principal,
        });
      permit("lambda:InvokeFunctionUrl", GatewayCallers.user.principal);
      assert.deepEqual(
        [await statusWith(), await statusWith(allow("lambda:InvokeFunction"))],
        [[403, FORBIDDEN], 200],
      );
      permit("lambda:InvokeFunction", "123456789012");
      assert.deepEqual(await statusWith(), [403, FORBIDDEN], "an account lets its own policies decide");
      permit("lambda:InvokeFunction", GatewayCallers.user.principal);
      assert.deepEqual(
        [await statusWith(), await statusWith({ ...allow("lambda:*"), Effect: "Deny" })],
        [200, [403, FORBIDDEN]],
      );
    });

    it("answers 413 to a body over 6 MB, whoever signed", async () => {
      const body = Buffer.alloc(6 * 1024 * 1024 + 1);
      const { status } = await rawRequest(`${url}/`, { method: "POST", body });
      assert.equal(status, 413);
    });
  });

  describe("with CORS", () => {
    const cors: Cors = {
      allowOrigins: ["https://a.example"],
      allowMethods: ["GET", "POST"],
      allowHeaders: ["content-type"],
      exposeHeaders: ["x-request-id"],
      maxAge: 600,
      allowCredentials: true,
    };
    const asked = (headers: RawResponse["headers"]) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => /^access-control|^vary/.test(name)));
    const preflightOf = (origin: string) => ({
      method: "OPTIONS",
      headers: [
        ["Origin", origin],
        ["Access-Control-Request-Method", "POST"],
      ] as const,
    });
    let url: string;
    before(async () => {
      url = await serve("exports.handler = async () => { process.stdout.write('asked\\n'); return 1 }", {
        cors,
      });
    });

    it("answers the preflight without the function", async () => {
      const { status, headers, body } = await rawRequest(`${url}/`, preflightOf("https://a.example"));
      assert.deepEqual(
        { status, headers: asked(headers), bytes: body.length },
        {
          status: 200,
          headers: {
            "access-control-allow-origin": "https://a.example",
            "access-control-allow-credentials": "true",
            "access-control-allow-methods": "GET,POST",
            "access-control-allow-headers": "content-type",
            "access-control-expose-headers": "x-request-id",
            "access-control-max-age": "600",
            vary: "Origin",
          },
          bytes: 0,
        },
      );
      assert.equal(lambda.log.filter(({ line }) => line === "asked").length, 0);
    });

    it("adds its headers to answers for an origin it knows, and none for another", async () => {
      const known = await rawRequest(`${url}/`, { headers: [["Origin", "https://a.example"]] });
      const other = await rawRequest(`${url}/`, { headers: [["Origin", "https://b.example"]] });
      const otherPreflight = await rawRequest(`${url}/`, preflightOf("https://b.example"));
      assert.deepEqual(
        [asked(known.headers), asked(other.headers), asked(otherPreflight.headers)],
        [
          {
            "access-control-allow-origin": "https://a.example",
            "access-control-allow-credentials": "true",
            "access-control-expose-headers": "x-request-id",
            vary: "Origin",
          },
          {},
          {},
        ],
      );
    });

    it("A function URL's CORS allows any origin as *", async () => {
      const open = await serve("exports.handler = async () => 1", { cors: { allowOrigins: ["*"] } });
      const { headers } = await rawRequest(`${open}/`, { headers: [["Origin", "https://b.example"]] });
      assert.deepEqual(asked(headers), { "access-control-allow-origin": "*" });
    });
  });

  it("reports each request with what the function did", async () => {
    const url = await serve("exports.handler = async () => 1");
    lambda.requests.length = 0;
    await rawRequest(`${url}/a?b`, { method: "PUT" });
    const [{ durationMs, invocation, ...report }] = lambda.requests as [(typeof lambda.requests)[0]];
    assert.deepEqual(
      { ...report, durationMs: typeof durationMs, status: report.status, invoked: invocation?.functionName },
      {
        via: "functionUrl",
        method: "PUT",
        path: "/a",
        status: 200,
        functionName: `f${count}`,
        durationMs: "number",
        invoked: `f${count}`,
      },
    );
  });

  it("names the port that is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    const config = { urlId: "taken", functionName: "f1", authorizationType: "NONE" as const };
    await assert.rejects(lambda.gateway.putFunctionUrl(config, `http://127.0.0.1:${port}`), {
      message: new RegExp(`^port ${port} of 127.0.0.1 is in use by .+: stop that, or choose other ports$`),
    });
    taken.close();
  });
});
