import assert from "node:assert/strict";
import type { Listening } from "../../../../local/http/serve";
import { serveLambdaApi } from "../../../../local/services/lambda/lambdaApi";
import type { RequestReport } from "../../../../local/services/lambda/requestReport";
import { rawRequest } from "../../../helpers/http/rawRequest";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

describe("Lambda's HTTP API", () => {
  let lambda: TemporaryLambda;
  let server: Listening;
  const requests: RequestReport[] = [];
  const faults: string[] = [];
  before(async () => {
    lambda = temporaryLambda();
    await lambda.deploy(
      "f",
      "exports.handler = async (event) => { if (event.fail) throw new Error('no'); process.stdout.write('line\\n'); return event }",
      {
        publish: true,
      },
    );
    server = await serveLambdaApi("http://127.0.0.1:0", {
      service: lambda.service,
      onRequest: (report) => requests.push(report),
      log: (line) => faults.push(line),
    });
  });
  after(async () => {
    await server.close();
    await lambda.close();
  });

  async function invoke(name: string, body: string, headers: [string, string][] = [], query = "") {
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`;
    const answer = await rawRequest(server.address + path, { method: "POST", headers, body });
    return { ...answer, body: answer.body.toString("utf8") };
  }

  it("invokes a function and gives its answer and version", async () => {
    const { status, headers, body } = await invoke("f", '{"a":1}', [], "?Qualifier=1");
    assert.deepEqual(
      [
        status,
        headers["content-type"],
        headers["x-amz-executed-version"],
        headers["x-amz-function-error"],
        body,
      ],
      [200, "application/json", "1", undefined, '{"a":1}'],
    );
  });

  it("says that the function failed, with the end of its log when asked", async () => {
    const { status, headers, body } = await invoke("f", '{"fail":true}', [["X-Amz-Log-Type", "Tail"]]);
    assert.deepEqual(
      [status, headers["x-amz-function-error"], JSON.parse(body).errorMessage],
      [200, "Unhandled", "no"],
    );
    const tail = Buffer.from(String(headers["x-amz-log-result"]), "base64").toString("utf8");
    assert.match(
      tail,
      /^START RequestId: .+\tERROR\tInvoke Error\t?.+REPORT RequestId: [^\n]+Status: error\tError Type: Error$/s,
    );
  });

  it("takes asynchronous requests and dry runs", async () => {
    const event = await invoke("f", "{}", [["X-Amz-Invocation-Type", "Event"]]);
    const dryRun = await invoke("f", "{}", [["X-Amz-Invocation-Type", "DryRun"]]);
    assert.deepEqual([event.status, event.body, dryRun.status, dryRun.body], [202, "", 204, ""]);
  });

  for (const [title, call, expected] of [
    [
      "an unknown function",
      () => invoke("g", "{}"),
      [
        404,
        "ResourceNotFoundException",
        { Type: "User", message: "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:g" },
      ],
    ],
    [
      "another operation",
      () =>
        rawRequest(`${server.address}/2015-03-31/functions`).then((a) => ({ ...a, body: a.body.toString() })),
      [404, "UnknownOperationException", { Type: "User", message: "The local Lambda API knows only Invoke" }],
    ],
    [
      "a payload over 6 MB",
      () => invoke("f", `"${"x".repeat(6_291_455)}"`),
      [
        413,
        "RequestEntityTooLargeException",
        {
          Type: "User",
          message:
            "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)",
        },
      ],
    ],
  ] as const) {
    it(`refuses ${title} in Lambda's words`, async () => {
      const { status, headers, body } = await call();
      assert.deepEqual([status, headers["x-amzn-errortype"], JSON.parse(body)], expected);
    });
  }

  it("refuses a payload that is not JSON", async () => {
    const { status, headers, body } = await invoke("f", "{");
    assert.deepEqual([status, headers["x-amzn-errortype"]], [400, "InvalidRequestContentException"]);
    assert.match(JSON.parse(body).message, /^Could not parse request body into json: /);
  });

  it("says why a request is throttled", async () => {
    lambda.service.putReservedConcurrency("f", 0);
    const { status, body } = await invoke("f", "{}");
    lambda.service.putReservedConcurrency("f", undefined);
    assert.deepEqual(
      [status, JSON.parse(body)],
      [
        429,
        {
          Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
          Type: "User",
          message: "Rate Exceeded.",
        },
      ],
    );
  });

  it("reports each request", async () => {
    requests.length = 0;
    await invoke("f:1", "{}");
    const [{ durationMs, invocation, ...report }] = requests as [RequestReport];
    assert.deepEqual(
      { ...report, durationMs: typeof durationMs, version: invocation?.version },
      {
        via: "invoke",
        method: "POST",
        path: "/2015-03-31/functions/f%3A1/invocations",
        status: 200,
        functionName: "f",
        durationMs: "number",
        version: "1",
      },
    );
  });
});
