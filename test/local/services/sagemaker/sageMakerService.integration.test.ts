import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { containerEndpoint } from "../../../../local/services/sagemaker/containerEndpoint";
import { SageMakerService } from "../../../../local/services/sagemaker/sageMakerService";
import { listen } from "../../../helpers/http/listen";
import { rawRequest } from "../../../helpers/http/rawRequest";

describe("SageMakerService", () => {
  const faults: string[] = [];
  const service = new SageMakerService({ accountId: "123456789012", log: (line) => faults.push(line) });
  let container: Server;
  let client: SageMakerRuntimeClient;
  let answer = { status: 200, body: "" };
  let seen: unknown;

  before(async () => {
    container = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { "content-type": contentType, accept } = request.headers;
      seen = { method: request.method, url: request.url, contentType, accept, body };
      if (answer.status === 0) return;
      response.writeHead(answer.status, { "content-type": "text/csv" }).end(answer.body);
    });
    const address = await listen(container);
    service.register("by-container", containerEndpoint(address));
    service.register("impatient", containerEndpoint(address, 300));
    service.register("gone", containerEndpoint("http://127.0.0.1:9"));
    service.register("broken", async () => {
      throw new Error("a mistake of the handler");
    });
    await service.start(0);
    client = new SageMakerRuntimeClient({
      endpoint: service.address,
      region: "us-east-1",
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
      maxAttempts: 1,
    });
  });
  after(async () => {
    client.destroy();
    await service.close();
  });

  const invoke = (EndpointName: string, Body = "1,2") =>
    client.send(
      new InvokeEndpointCommand({ EndpointName, Body, ContentType: "text/csv", Accept: "text/plain" }),
    );
  /** Gives what the SDK makes of a rejection. */
  const rejection = async (EndpointName: string, Body?: string) => {
    try {
      await invoke(EndpointName, Body);
    } catch (error) {
      const { name, $metadata, message, OriginalStatusCode, OriginalMessage } = error as Error & {
        $metadata: { httpStatusCode: number };
        OriginalStatusCode?: number;
        OriginalMessage?: string;
      };
      return [name, $metadata.httpStatusCode, OriginalStatusCode, OriginalMessage ?? message];
    }
    return undefined;
  };

  it("asks an endpoint's container as SageMaker does, and passes its response on", async () => {
    answer = { status: 200, body: "0.5" };
    const { Body, ContentType, InvokedProductionVariant } = await invoke("by-container");
    assert.deepEqual(
      [String(Body?.transformToString()), ContentType, InvokedProductionVariant],
      ["0.5", "text/csv", "AllTraffic"],
    );
    assert.deepEqual(seen, {
      method: "POST",
      url: "/invocations",
      contentType: "text/csv",
      accept: "text/plain",
      body: "1,2",
    });
  });

  it("makes a ModelError of a container's own error", async () => {
    answer = { status: 503, body: "out of memory" };
    assert.deepEqual(await rejection("by-container"), ["ModelError", 424, 503, "out of memory"]);
  });

  it("makes a ModelError of a container that is too slow", async () => {
    answer = { status: 0, body: "" };
    const [name, status, original, message] = (await rejection("impatient")) ?? [];
    assert.deepEqual([name, status, original], ["ModelError", 424, 0]);
    assert.match(String(message), /^Your invocation timed out while waiting for a response from container/);
  });

  it("is unavailable where the container does not listen", async () => {
    assert.deepEqual(await rejection("gone"), [
      "ServiceUnavailable",
      503,
      undefined,
      "No container answers at http://127.0.0.1:9/invocations",
    ]);
  });

  it("knows no endpoint but the registered ones", async () => {
    assert.deepEqual(await rejection("unknown"), [
      "ValidationError",
      400,
      undefined,
      "Endpoint unknown of account 123456789012 not found.",
    ]);
  });

  it("knows no endpoint whose name is not URL-encoded UTF-8", async () => {
    const { status, body } = await rawRequest(`${service.address}/endpoints/%/invocations`, {
      method: "POST",
    });
    assert.deepEqual(
      [status, JSON.parse(body.toString())],
      [400, { Message: "Endpoint % of account 123456789012 not found." }],
    );
  });

  it("takes no payload over 25 MB", async () => {
    assert.deepEqual(await rejection("by-container", "x".repeat(25 * 1024 * 1024 + 1)), [
      "ValidationError",
      400,
      undefined,
      "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to 26214400",
    ]);
  });

  it("SageMaker logs a fault of its own with the stack and answers without it; it knows no other operation", async () => {
    assert.deepEqual(await rejection("broken"), [
      "InternalFailure",
      500,
      undefined,
      "The local SageMaker runtime failed; its log says why.",
    ]);
    assert.match(
      faults.join(),
      /^sagemaker: POST \/endpoints\/broken\/invocations failed .*a mistake of the handler\n +at /,
    );
    const response = await fetch(`${service.address}/endpoints/by-container/async-invocations`, {
      method: "POST",
    });
    assert.deepEqual(
      [response.status, response.headers.get("x-amzn-errortype"), await response.json()],
      [
        404,
        "UnknownOperationException",
        { Message: "The local SageMaker runtime knows only InvokeEndpoint" },
      ],
    );
  });
});
