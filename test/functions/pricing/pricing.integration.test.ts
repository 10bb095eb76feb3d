import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import card from "../../../functions/pricing/model/card.json";
import { objectStore } from "../../../functions/shared/objectStore";
import { callHttp, HTTP_FORMS } from "../../helpers/handlers/eventForms";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import { loadHandler } from "../../helpers/handlers/loadHandler";
import { packTarGz } from "../../helpers/models/packTarGz";
import { scaleModel } from "../../helpers/models/scaleModel";
import { useLocalS3 } from "../../helpers/services/useLocalS3";

const MODELS = path.resolve(__dirname, "../../../functions/pricing/model");
const FIXTURES = path.resolve(__dirname, "../../fixtures/linear-learner");
const RIDE = { ...card.samples[0]?.request };

describe("pricing", () => {
  const local = useLocalS3();
  let handler: ReturnType<typeof loadHandler>;
  const put = (key: string, body: Uint8Array) => objectStore("bucket").put(key, body);
  const invoke = async (request: object) =>
    (await handler(request, lambdaContext)) as { statusCode: number; body: string };

  before(async () => {
    for (const file of card.files) await put(file.path, fs.readFileSync(path.join(MODELS, file.path)));
    handler = loadHandler("pricing", { OUTPUT_BUCKET: "bucket", MODEL_PATH: card.files[0]?.path ?? "" });
  });

  it("answers a direct invocation with status and a bare number", async () => {
    assert.deepEqual(await invoke(RIDE), { statusCode: 200, body: "0.99" });
  });

  it("Rows in one request are answered each by its own breed, in their order", async () => {
    const rows = [
      RIDE,
      { ...RIDE, breed: "arabian" },
      { ...RIDE, magicpoints: 1 },
      { ...RIDE, breed: "connemara" },
      RIDE,
    ];
    const singly = await Promise.all(rows.map(async (row) => JSON.parse((await invoke(row)).body)));
    const { statusCode, body } = await invoke({ instances: rows });
    assert.deepEqual([statusCode, JSON.parse(body)], [200, singly]);
    assert.notEqual(singly[0], singly[2]);
  });

  it("A row of an unknown breed is 404, and a wrong one 400 with its place", async () => {
    const unknown = await invoke({ instances: [RIDE, { ...RIDE, breed: "zebra" }] });
    assert.deepEqual(
      [unknown.statusCode, JSON.parse(unknown.body).message],
      [404, "There is no breed zebra: its model would be breeds/zebra/model.tar.gz"],
    );
    const wrong = await invoke({ instances: [RIDE, { ...RIDE, TMAX: "hot" }] });
    assert.deepEqual([wrong.statusCode, JSON.parse(wrong.body).errors[0].path], [400, "instances.1.TMAX"]);
  });

  for (const form of HTTP_FORMS) {
    describe(`over ${form.name}`, () => {
      const call = (request: Parameters<typeof callHttp>[3]) => callHttp(handler, form, "pricing", request);

      it("answers every sample of its card byte for byte", async () => {
        for (const { request, answer: response } of card.samples) {
          const { status, body } = await call({ body: JSON.stringify(request) });
          assert.deepEqual({ status, body }, response);
        }
      });

      it("names a breed that has no model in a 404", async () => {
        const { status, body } = await call({ body: JSON.stringify({ ...RIDE, breed: "zebra" }) });
        assert.deepEqual(
          { status, body },
          {
            status: 404,
            body: '{"message":"There is no breed zebra: its model would be breeds/zebra/model.tar.gz"}',
          },
        );
      });

      it("answers 422 with the reason while a breed's model is broken, and serves it when it is mended", async () => {
        const breed = form.name.toLowerCase().replace(" ", "-");
        const body = JSON.stringify({ ...RIDE, breed });
        const key = `breeds/${breed}/model.tar.gz`;
        await put(key, fs.readFileSync(path.join(MODELS, "breeds/arabian/model.tar.gz")).subarray(0, 200));
        for (let i = 0; i < 2; i++) {
          const { status, body: response } = await call({ body });
          assert.deepEqual(
            [status, JSON.parse(response).message],
            [422, `The model ${key} cannot be served. The archive cannot be read: unexpected end of file`],
          );
        }
        await put(key, fs.readFileSync(path.join(MODELS, "breeds/arabian/model.tar.gz")));
        assert.equal((await call({ body })).status, 200);
      });

      it("answers 422 where a model is not one of rides", async () => {
        await put(
          "breeds/scale/model.tar.gz",
          await packTarGz({ name: "model.onnx", content: scaleModel(1) }),
        );
        const { status, body } = await call({ body: JSON.stringify({ ...RIDE, breed: "scale" }) });
        assert.deepEqual(
          { status, body },
          {
            status: 422,
            body: '{"message":"The model breeds/scale/model.tar.gz cannot be served. It does not take a ride, which is six numbers: Invalid rank for input: x Got: 2 Expected: 1"}',
          },
        );
      });
    });
  }

  it("names every wrong field at once, a breed that cannot be a key among them", async () => {
    for (const breed of ["../secrets", "Arabian", "", "a".repeat(65), 7]) {
      const { statusCode, body } = await invoke({ ...RIDE, distance: "30", TMIN: undefined, breed });
      assert.equal(statusCode, 400);
      const message = typeof breed === "string" ? "must be 1 to 64 of a-z, 0-9 and -" : "must be a string";
      assert.deepEqual(JSON.parse(body).errors, [
        { path: "distance", message: "must be a number" },
        { path: "TMIN", message: "is required" },
        { path: "breed", message },
      ]);
    }
  });

  it("serves what SageMaker's Linear Learner writes, unchanged", async () => {
    await put("breeds/linear/model.tar.gz", fs.readFileSync(path.join(FIXTURES, "binary/model.tar.gz")));
    const { inputs, outputs } = JSON.parse(
      fs.readFileSync(path.join(FIXTURES, "binary/samples.json"), "utf8"),
    );
    for (const [i, [distance, healthpoints, magicpoints, TMIN, TMAX, PRCP]] of inputs.entries()) {
      const ride = { distance, healthpoints, magicpoints, TMIN, TMAX, PRCP, breed: "linear" };
      const { body } = await invoke(ride);
      assert.ok(Math.abs(Number(body) - outputs[i][0]) <= 0.005 + 1e-6, `${body} for ${outputs[i][0]}`);
    }
  });

  it("serves what SageMaker's XGBoost writes, unchanged", async () => {
    const trees = path.resolve(FIXTURES, "../trees/rides");
    const content = fs.readFileSync(path.join(trees, "xgboost-model"));
    await put("breeds/trees/model.tar.gz", await packTarGz({ name: "xgboost-model", content }));
    const { inputs, outputs } = JSON.parse(fs.readFileSync(path.join(trees, "samples.json"), "utf8"));
    for (const [i, [distance, healthpoints, magicpoints, TMIN, TMAX, PRCP]] of inputs.entries()) {
      const ride = { distance, healthpoints, magicpoints, TMIN, TMAX, PRCP, breed: "trees" };
      const { body } = await invoke(ride);
      assert.ok(Math.abs(Number(body) - outputs[i]) <= 0.005 + 1e-6, `${body} for ${outputs[i]}`);
    }
  });

  it("serves a breed from the moment its model is uploaded", async () => {
    const ride = { ...card.samples[3]?.request, breed: "new-one" };
    assert.equal((await invoke(ride)).statusCode, 404);
    await put(
      "breeds/new-one/model.tar.gz",
      fs.readFileSync(path.join(MODELS, "breeds/icelandic/model.tar.gz")),
    );
    assert.deepEqual(await invoke(ride), { statusCode: 200, body: card.samples[3]?.answer.body });
  });

  it("pricing describes itself on GET", async () => {
    const [form] = HTTP_FORMS;
    assert.ok(form);
    const { status, body } = await callHttp(handler, form, "pricing", { method: "GET" });
    const { description, request, example } = JSON.parse(body);
    assert.deepEqual(
      { status, description, required: request.required, example },
      {
        status: 200,
        description: card.description,
        required: ["distance", "healthpoints", "magicpoints", "TMAX", "TMIN", "PRCP"],
        example: card.samples[0],
      },
    );
  });

  // The last suite: the bucket does not come back.
  describe("while the bucket does not answer", () => {
    it("goes on with the models it has, and answers 503 for others", async () => {
      await invoke({ ...RIDE, breed: "shetland" });
      await local.s3.service.close();
      assert.equal((await invoke({ ...RIDE, breed: "shetland" })).statusCode, 200);
      assert.deepEqual(await invoke({ ...RIDE, breed: "friesian" }), {
        statusCode: 503,
        body: '{"message":"The bucket cannot serve breeds/friesian/model.tar.gz now"}',
      });
    });
  });
});
