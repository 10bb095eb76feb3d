/**
 * The least that processes events by Lambda's Runtime API in Node.js, as `node runtimeLoop.js [HANDLER]`: without a
 * handler's file, every response is empty.
 */
import http from "node:http";

type Handler = (event: unknown, context: object) => unknown;

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const [, , file] = process.argv;
const handler: Handler = file === undefined ? () => ({ statusCode: 200, body: "" }) : require(file).handler;

function call(method: string, path: string, body?: string): Promise<{ id: string; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(API + path, { agent, method }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ id: String(response.headers["lambda-runtime-aws-request-id"]), text }),
      );
    });
    request.on("error", reject).end(body);
  });
}

async function main(): Promise<void> {
  for (;;) {
    const { id, text } = await call("GET", "/next");
    const context = { awsRequestId: id, getRemainingTimeInMillis: () => 60_000 };
    const result = await handler(JSON.parse(text), context);
    await call("POST", `/${id}/response`, JSON.stringify(result));
  }
}

// The server's end is this process's.
main().catch(() => process.exit(1));
