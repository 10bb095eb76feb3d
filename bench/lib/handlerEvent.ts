import path from "node:path";

const FUNCTIONS = path.resolve(__dirname, "../../functions");

interface Result {
  readonly statusCode: number;
  readonly body: string;
}

/** Loads an endpoint's handler into this process, whose environment is the function's. */
export function loadHandler(endpoint: string): (event: unknown) => Promise<Result> {
  return require(path.join(FUNCTIONS, endpoint)).handler;
}

/** The event of a function URL for a `POST` of a file, or of JSON. */
export function httpEvent(contentType: string, body: Buffer | string): unknown {
  const isFile = typeof body !== "string";
  return {
    version: "2.0",
    rawPath: "/",
    headers: { host: "abc.lambda-url.us-east-1.on.aws", "content-type": contentType },
    requestContext: { http: { method: "POST", path: "/" } },
    body: isFile ? body.toString("base64") : body,
    isBase64Encoded: isFile,
  };
}
