import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { HTTP_FORMS } from "../../helpers/handlers/eventForms";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import { loadHandler } from "../../helpers/handlers/loadHandler";
import { type Exchange, recordedBody } from "../../helpers/http/recordingProxy";
import { tritonModels } from "../../helpers/models/tritonModels";
import { useLocalS3 } from "../../helpers/services/useLocalS3";

const RECORDED = path.resolve(__dirname, "../../fixtures/open-inference/recorded.json");

describe("open-inference", () => {
  const used = useLocalS3();

  it("answers requests that tritonclient once sent byte by byte as it did then", async () => {
    const client = used.s3.client();
    const models = path.resolve(__dirname, "../../../functions/open-inference/model");
    const iris = "models/iris/1/model.onnx";
    const stored = [...tritonModels(), [iris, fs.readFileSync(path.join(models, iris))] as const];
    for (const [Key, Body] of stored)
      await client.send(new PutObjectCommand({ Bucket: "bucket", Key, Body }));

    const handler = loadHandler("open-inference", { MODEL_BUCKET: "bucket" });
    const exchanges: readonly Exchange[] = JSON.parse(fs.readFileSync(RECORDED, "utf8"));
    const responses: Exchange["response"][] = [];
    for (const { request, response } of exchanges) responses.push(await replay(handler, request, response));
    assert.deepEqual(
      responses,
      exchanges.map(({ response }) => response),
    );
  });
});

/** The response of a handler to a recorded request, as far as answers are recorded. */
async function replay(
  handler: ReturnType<typeof loadHandler>,
  { method, path, headers, body }: Exchange["request"],
  recorded: Exchange["response"],
): Promise<Exchange["response"]> {
  const bytes = "text" in body ? Buffer.from(body.text) : Buffer.from(body.base64, "base64");
  const [form] = HTTP_FORMS;
  const event = form?.event("open-inference", {
    method,
    path,
    headers,
    body: bytes.length > 0 ? bytes : undefined,
  });
  const response = (await handler(event, lambdaContext)) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
    isBase64Encoded: boolean;
  };
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.keys(recorded.headers).map((name) => [name, response.headers[name] ?? ""]),
    ),
    body: recordedBody(Buffer.from(response.body, response.isBase64Encoded ? "base64" : "utf8")),
  };
}
