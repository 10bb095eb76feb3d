import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { listModels } from "../../../bin/lib/modelObjects";
import { pushModel } from "../../../bin/lib/pushModel";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { LocalS3 } from "../../helpers/services/localS3";

describe("pushModel", () => {
  let s3: LocalS3;
  const bucket = () => ({
    bucket: "bucket",
    client: s3.client({ requestChecksumCalculation: "WHEN_REQUIRED" }),
    outputs: {},
  });
  const fileOf = (content: string) => {
    const file = path.join(temporaryFolder(), "model.onnx");
    fs.writeFileSync(file, content);
    return file;
  };
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  it("gives each of many pushes at once a version of its own", async () => {
    const contents = ["a", "b", "c", "d", "e", "f"];
    const keys = await Promise.all(
      contents.map((content) =>
        pushModel(bucket(), { kind: "model", name: "scale" }, { file: fileOf(content) }),
      ),
    );
    const stored = await Promise.all(
      keys.map(async (key) => String(await s3.service.readObject("bucket", key))),
    );
    assert.deepEqual(stored, contents);
    const versions = (await listModels(bucket())).map(({ version }) => version);
    assert.deepEqual(versions, ["1", "2", "3", "4", "5", "6"]);
  });

  it("replaces a version only where that is asked for, and a breed's model", async () => {
    for (const model of [
      { kind: "model", name: "scale", version: "3", replace: true },
      { kind: "breed", name: "arabian" },
    ] as const) {
      await pushModel(bucket(), model, { file: fileOf("old") });
      const key = await pushModel(bucket(), model, { file: fileOf("new") });
      assert.equal(String(await s3.service.readObject("bucket", key)), "new");
    }
    const again = pushModel(bucket(), { kind: "model", name: "scale", version: "3" }, { file: fileOf("x") });
    await assert.rejects(again, /^Error: scale has a version 3 already: --replace replaces it/);
    assert.equal(String(await s3.service.readObject("bucket", "models/scale/3/model.onnx")), "new");
  });

  it("gives up where S3 rejects for another reason", async () => {
    const client = s3.clientOfRole({ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" });
    await assert.rejects(
      pushModel(
        { bucket: "bucket", client, outputs: {} },
        { kind: "model", name: "scale" },
        { file: fileOf("a") },
      ),
      { name: "UploadRejected", status: 403, message: /^S3 refused the upload with 403: / },
    );
  });
});
