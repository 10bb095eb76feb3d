import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { AwsError, type ModelEndpoint, type ModelRequest, SageMakerService } from "@paddock/local/sagemaker";
import { readNpyHeader } from "../../../../functions/shared/npy/readNpyHeader";
import { sageMakerEndpoint } from "../../../../functions/smoke-segmentation/sageMaker/sageMakerEndpoint";
import { lambdaContext } from "../../../helpers/handlers/lambdaContext";
import { SmokeFunction } from "../../../helpers/handlers/smokeFunction";
import { npyFile } from "../../../helpers/models/npyFile";
import { readArray } from "../../../helpers/models/readArray";

const SCENE = readFileSync(
  path.resolve(__dirname, "../../../../functions/smoke-segmentation/samples/smoke-uint16.npy"),
);

describe("smoke-segmentation by a SageMaker endpoint", () => {
  const sageMaker = new SageMakerService({ accountId: "123456789012", log: assert.fail });
  let smoke: SmokeFunction;
  let seen: ModelRequest | undefined;
  before(async () => {
    await sageMaker.start(0);
    smoke = await SmokeFunction.start({
      ENDPOINT_NAME: "smoke-unet",
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: sageMaker.address,
      AWS_MAX_ATTEMPTS: "1",
      MODEL_FILE: "model/there-is-none.onnx",
    });
  });
  after(async () => {
    delete process.env.AWS_MAX_ATTEMPTS;
    delete process.env.MODEL_FILE;
    await smoke.stop();
    await sageMaker.close();
  });

  const respondWith = (text: string): ModelEndpoint => {
    return async (request) => {
      seen = request;
      return { body: Buffer.from(text), contentType: "application/json" };
    };
  };
  const failWith = (...error: ConstructorParameters<typeof AwsError>): ModelEndpoint => {
    return async () => {
      throw new AwsError(...error);
    };
  };

  it("sends the file's own values as nested lists, and passes its JSON on as it is", async () => {
    sageMaker.register("smoke-unet", respondWith('{"predictions": [[0.123456789]], "model": "v7"}'));
    const { status, headers, body } = await smoke.infer(SCENE);
    assert.deepEqual([status, body], [200, '{"predictions": [[0.123456789]], "model": "v7"}']);
    assert.equal(headers["content-type"], "application/json");
    assert.deepEqual([seen?.contentType, seen?.accept], ["application/json", "application/json"]);
    const { values, shape } = readArray(SCENE);
    const sent = JSON.parse(String(seen?.body)) as number[][][];
    assert.deepEqual([sent.length, sent[0]?.length, sent[0]?.[0]?.length], shape);
    assert.deepEqual(sent.flat(2), [...values]);
  });

  it("sends floating-point values in the fewest digits that read the same as float32", async () => {
    sageMaker.register("smoke-unet", respondWith("[]"));
    const values = Float32Array.from({ length: 32 * 32 * 6 }, (_, i) => Math.sin(i) * 10 ** ((i % 20) - 10));
    values.set([0.1, -0, 3e38, 1e-30, 16777217]);
    await smoke.infer(npyFile("<f4", [1, 32, 32, 6], new Uint8Array(values.buffer)));
    const sent = String(seen?.body);
    assert.ok(sent.startsWith("[[[[0.1,-0.0,3e+38,1e-30,16777216,"), sent.slice(0, 60));
    const read = Float32Array.from((JSON.parse(sent) as number[][][][]).flat(3));
    assert.deepEqual(read, values);
  });

  it("rejects `nodata`, which the endpoint's model knows nothing of", async () => {
    sageMaker.register("smoke-unet", respondWith("[]"));
    await smoke.put("scene.npy", SCENE);
    const { status, body } = await smoke.post({ bucket: smoke.bucket, file_name: "scene.npy", nodata: 0 });
    assert.equal(status, 400);
    assert.match(body, /gets every pixel as it is: fill pixels without data, and leave `nodata` out/);
  });

  it("puts a response over 5 MB into S3 as an array", async () => {
    const row = `[${Array(1000).fill("0.25").join(",")}]`;
    sageMaker.register("smoke-unet", respondWith(`{"predictions":[${Array(1100).fill(row).join(",")}]}`));
    const { status, body } = await smoke.infer(SCENE);
    const file_name = `predictions/${lambdaContext.awsRequestId}.npy`;
    assert.deepEqual([status, JSON.parse(body)], [200, { output: { bucket: "uploads", file_name } }]);
    const { shape, values } = readArray(await smoke.get(file_name));
    assert.deepEqual([shape, values.every((value) => value === 0.25)], [[1100, 1000], true]);
  });

  const large = JSON.stringify("x".repeat(6_000_000));
  const ragged = `[[0,1],[${"0,".repeat(3_000_000)}0]]`;
  const failures: [string, ModelEndpoint, number, string][] = [
    [
      "no JSON",
      respondWith("<html>"),
      502,
      "The SageMaker endpoint smoke-unet answered with something that is no JSON",
    ],
    [
      "a large answer that is no array",
      respondWith(large),
      502,
      `The SageMaker endpoint smoke-unet answered with ${large.length} bytes that are no array of numbers, and too many to pass on`,
    ],
    [
      "a large answer with lists of different lengths",
      respondWith(ragged),
      502,
      `The SageMaker endpoint smoke-unet answered with ${ragged.length} bytes that are no array of numbers, and too many to pass on`,
    ],
    [
      "a model's own error",
      failWith("ModelError", 424, "Received server error (500)", {
        details: {
          OriginalStatusCode: 500,
          OriginalMessage: "secret trace",
          LogStreamArn: "arn:aws:logs:eu-central-1:123456789012:log-group:x",
        },
      }),
      502,
      "The SageMaker endpoint smoke-unet failed: ModelError, its model answered 500",
    ],
    [
      "a model that takes no such payload",
      failWith("ModelError", 424, "Received client error (413)", { details: { OriginalStatusCode: 413 } }),
      413,
      "The SageMaker endpoint smoke-unet takes no payload this large (ModelError); upload a smaller scene",
    ],
    [
      "a payload over the endpoint's quota",
      failWith(
        "ValidationError",
        400,
        "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to 6291456",
      ),
      413,
      "The SageMaker endpoint smoke-unet takes no payload this large (ValidationError); upload a smaller scene",
    ],
    [
      "a model that is slower than 60 s",
      failWith(
        "ModelError",
        424,
        'Received server error (0) from primary with message "Your invocation timed out while waiting for a response from container primary."',
        { details: { OriginalStatusCode: 0 } },
      ),
      504,
      "The SageMaker endpoint smoke-unet did not answer in time: ModelError",
    ],
    [
      "throttling",
      failWith("ThrottlingException", 400, "Rate exceeded"),
      503,
      "The SageMaker endpoint smoke-unet failed: ThrottlingException",
    ],
    [
      "a model that is still loaded",
      failWith("ModelNotReadyException", 429, "Model is not ready"),
      503,
      "The SageMaker endpoint smoke-unet failed: ModelNotReadyException",
    ],
    [
      "an endpoint that is unavailable",
      failWith("ServiceUnavailable", 503, "Unavailable"),
      503,
      "The SageMaker endpoint smoke-unet failed: ServiceUnavailable",
    ],
    [
      "an internal failure",
      failWith("InternalFailure", 500, "Internal"),
      502,
      "The SageMaker endpoint smoke-unet failed: InternalFailure",
    ],
    [
      "a missing permission",
      failWith("AccessDeniedException", 403, "User arn:aws:sts::123456789012:… is not authorized"),
      502,
      "The SageMaker endpoint smoke-unet failed: AccessDeniedException",
    ],
  ];
  for (const [what, endpoint, status, message] of failures) {
    it(`answers ${status} to ${what}, and names the cause`, async () => {
      sageMaker.register("smoke-unet", endpoint);
      const response = await smoke.infer(SCENE);
      assert.deepEqual([response.status, JSON.parse(response.body)], [status, { message }]);
      assert.equal(response.headers["retry-after"], status === 503 ? "5" : undefined);
    });
  }

  it("answers 413 to a scene that no endpoint takes, without asking one", async () => {
    seen = undefined;
    sageMaker.register("smoke-unet", respondWith("[]"));
    const few = await smoke.infer(npyFile("|u1", [1600, 1600, 6]));
    // Fewer values, each of more digits.
    const long = await smoke.infer(npyFile("<u2", [1000, 1000, 6], Buffer.alloc(12_000_000, 0xff)));
    for (const [{ status, body }, shape] of [
      [few, "1600, 1600, 6"],
      [long, "1000, 1000, 6"],
    ] as const) {
      const message = `The array (${shape}) takes more than 26214400 bytes as JSON, the most that a SageMaker endpoint takes; upload a smaller one`;
      assert.deepEqual([status, JSON.parse(body).message], [413, message]);
    }
    assert.equal(seen, undefined);
  });

  it("gives up on an endpoint before Lambda gives up on the function", async () => {
    sageMaker.register("smoke-unet", () => new Promise(() => {}));
    const infer = sageMakerEndpoint("smoke-unet");
    const header = readNpyHeader(SCENE, SCENE.length);
    const body = Uint8Array.from(SCENE.subarray(header.bodyOffset));
    await assert.rejects(infer({ ...header, body }, { nodata: undefined, remainingMs: () => 1_100 }), {
      status: 504,
      message: "The SageMaker endpoint smoke-unet did not answer in time: AbortError",
    });
  });

  it("answers 502 where nothing listens", async () => {
    await sageMaker.close();
    const { status, body } = await smoke.infer(SCENE);
    assert.deepEqual(
      [status, JSON.parse(body).message],
      [502, "The SageMaker endpoint smoke-unet failed: ECONNREFUSED"],
    );
  });
});
