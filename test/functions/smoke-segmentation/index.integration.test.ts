import assert from "node:assert/strict";
import { openAsBlob, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readGeoTiff } from "../../../functions/smoke-segmentation/geoTiff/readGeoTiff";
import { writeGeoTiff } from "../../../functions/smoke-segmentation/geoTiff/writeGeoTiff";
import card from "../../../functions/smoke-segmentation/model/card.json";
import { callHttp, HTTP_FORMS } from "../../helpers/handlers/eventForms";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import { SmokeFunction } from "../../helpers/handlers/smokeFunction";
import { npyFile } from "../../helpers/models/npyFile";
import { readArray } from "../../helpers/models/readArray";
import { sparseGeoTiff } from "../../helpers/models/sparseGeoTiff";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const SAMPLES = path.resolve(__dirname, "../../../functions/smoke-segmentation/samples");
const sample = (name: string) => readFileSync(path.join(SAMPLES, name));

describe("smoke-segmentation", () => {
  const folder = temporaryFolder();
  let smoke: SmokeFunction;
  before(async () => {
    smoke = await SmokeFunction.start();
  });
  after(() => smoke.stop());

  /** Status and message of a rejection. */
  const rejection = async (response: Promise<{ status: number; body: string }>) => {
    const { status, body } = await response;
    return [status, JSON.parse(body).message];
  };

  for (const form of HTTP_FORMS) {
    describe(`over ${form.name}`, () => {
      it("takes an uploaded scene and says where its smoke is", async () => {
        const { body } = await smoke.post({ file_name: "a folder/ä+b.npy" }, "/uploads", form);
        const { url, ...upload } = JSON.parse(body);
        assert.deepEqual(upload, {
          method: "PUT",
          bucket: "uploads",
          file_name: "a folder/ä+b.npy",
          expires_in: 900,
        });
        assert.equal((await fetch(url, { method: "PUT", body: sample("smoke.npy") })).status, 200);
        assert.deepEqual(await smoke.get("a folder/ä+b.npy"), sample("smoke.npy"));

        const { bucket, file_name } = upload;
        const response = await smoke.post({ bucket, file_name }, "/", form);
        const { predictions } = JSON.parse(response.body) as { predictions: number[][] };
        const pixels = predictions.flat();
        assert.deepEqual([response.status, predictions.length, pixels.length], [200, 96, 96 * 96]);
        const share = pixels.filter((probability) => probability >= 0.5).length / pixels.length;
        assert.equal(share.toFixed(3), "0.303");
      });

      it("describes both paths on GET, with an example each", async () => {
        for (const [within, request] of [
          ["/", { bucket: "uploads", file_name: "folder/scene.npy" }],
          ["/uploads", { file_name: "folder/scene.npy" }],
        ] as const) {
          const response = await callHttp(smoke.handler, form, "smoke-segmentation", {
            method: "GET",
            path: within,
          });
          const { description, example, curl, ...rest } = JSON.parse(response.body);
          assert.deepEqual([response.status, example.request], [200, request]);
          assert.deepEqual(rest.request.required, Object.keys(request));
          assert.ok(description.length > 40);
          assert.ok(curl.startsWith(`curl -d '${JSON.stringify(request)}' https://`), curl);
        }
      });

      it("gives the file of its card's sample, and no other file of its archive", async () => {
        const get = (path: string) =>
          smoke.handler(form.event("smoke-segmentation", { method: "GET", path }), lambdaContext);
        const { body, isBase64Encoded } = (await get("/samples/smoke-uint16.npy")) as Record<string, string>;
        assert.ok(isBase64Encoded);
        assert.deepEqual(Buffer.from(String(body), "base64"), sample("smoke-uint16.npy"));
        for (const other of ["/model/model.onnx", "/samples/clear.npy", "/samples/../index.ts"]) {
          assert.equal(((await get(other)) as Record<string, unknown>).statusCode, 404);
        }
      });

      it("answers its card's sample, with the doubled slash that a function URL gives", async () => {
        const [{ path: within, request, answer: response }] = card.samples as [(typeof card.samples)[0]];
        assert.equal((await smoke.post(request, `/${within}`, form)).status, response.status);
      });
    });
  }

  it("answers a direct invocation with exactly statusCode and body", async () => {
    await smoke.put("clear.npy", sample("clear.npy"));
    const response = await smoke.handler({ bucket: "uploads", file_name: "clear.npy" }, lambdaContext);
    const { statusCode, body, ...rest } = response as { statusCode: number; body: string };
    const pixels = JSON.parse(body).predictions.flat() as number[];
    assert.deepEqual([statusCode, rest, pixels.length], [200, {}, 64 * 64]);
    assert.ok(Math.max(...pixels) < 0.1);
  });

  it("takes integers as reflectance times 10,000", async () => {
    const { body } = await smoke.infer(sample("smoke-uint16.npy"));
    const pixels = (JSON.parse(body).predictions as number[][]).flat();
    const share = pixels.filter((probability) => probability >= 0.5).length / pixels.length;
    assert.equal(share.toFixed(3), "0.203");
  });

  it("answers a batch as it answers its scenes", async () => {
    const { shape, values } = readArray(sample("clear.npy"));
    const { values: scaled } = readArray(sample("smoke-uint16.npy"));
    const batch = Float32Array.of(...values, ...scaled.map((value) => value / 10_000));
    const { body } = await smoke.infer(npyFile("<f4", [2, ...shape], new Uint8Array(batch.buffer)));
    const singly = [sample("clear.npy"), sample("smoke-uint16.npy")].map(async (file, i) => {
      const response = await smoke.infer(file, `${i}.npy`);
      return JSON.parse(response.body).predictions;
    });
    assert.deepEqual(JSON.parse(body).predictions, await Promise.all(singly));
  });

  it("answers by way of S3 what would pass 5 MB", async () => {
    const file = npyFile("|u1", [8, 512, 512, 6]);
    const { status, body } = await smoke.infer(file);
    const file_name = `predictions/${lambdaContext.awsRequestId}.npy`;
    assert.deepEqual([status, JSON.parse(body)], [200, { output: { bucket: "uploads", file_name } }]);
    const { shape, values } = readArray(await smoke.get(file_name));
    assert.deepEqual(shape, [8, 512, 512]);
    assert.ok(
      values.every(
        (value) => value >= 0 && value <= 1 && Math.fround(Math.round(value * 1e4) / 1e4) === value,
      ),
    );
  });

  describe("GeoTIFF", () => {
    const geoTiff = (name: string) =>
      readFileSync(path.resolve(__dirname, `../../fixtures/geotiff/${name}.tif`));

    it("A scene is answered as the same numbers in a .npy file are, whatever its name", async () => {
      const expected = await smoke.infer(
        readFileSync(path.resolve(__dirname, "../../fixtures/geotiff/scene.npy")),
      );
      assert.equal(expected.status, 200);
      assert.deepEqual(await smoke.infer(geoTiff("strips-u1"), "my scene"), expected);
    });

    it("Pixels of the nodata tag are null, and the request's own value goes before it", async () => {
      const masked = await smoke.infer(geoTiff("nodata-sparse-u2"));
      assert.equal(JSON.parse(masked.body).predictions[49][0], null);
      const other = await smoke.post({ bucket: "uploads", file_name: "scene.npy", nodata: 12_345 });
      assert.equal(typeof JSON.parse(other.body).predictions[49][0], "number");
    });

    it("A result in S3 is a GeoTIFF that lies where the scene does", async () => {
      // Rows without bytes are zeros: a large scene in a small file.
      const { georeference } = await readGeoTiff(geoTiff("strips-u1"), () => {});
      const file = sparseGeoTiff(1024, georeference ?? new Map());
      const { status, body } = await smoke.infer(file, "large.tif");
      const file_name = `predictions/${lambdaContext.awsRequestId}.tif`;
      assert.deepEqual([status, JSON.parse(body)], [200, { output: { bucket: "uploads", file_name } }]);
      const result = await readGeoTiff(await smoke.get(file_name), () => {});
      assert.deepEqual([result.shape, result.georeference], [[1024, 1024, 1], georeference]);
    });

    it("Another number of bands, a damaged file and one that ends too early are 400", async () => {
      for (const [file, message] of [
        [geoTiff("refused-zstd"), /compressed by ZSTD/],
        [geoTiff("strips-u1").subarray(0, 200), /damaged/],
        [
          writeGeoTiff(new Float32Array(64 * 64), [64, 64], new Map()),
          /^The array has the shape \(64, 64, 1\); its last axis must have the 6 bands$/,
        ],
      ] as const) {
        const [status, text] = await rejection(smoke.infer(file));
        assert.equal(status, 400);
        assert.match(text, message);
      }
    });
  });

  describe("refuses", () => {
    const names: [string, string][] = [
      ["", "must have no empty, `.` or `..` segment"],
      ["/a.npy", "must have no empty, `.` or `..` segment"],
      ["a//b.npy", "must have no empty, `.` or `..` segment"],
      ["a/", "must have no empty, `.` or `..` segment"],
      ["../a.npy", "must have no empty, `.` or `..` segment"],
      ["a/./b", "must have no empty, `.` or `..` segment"],
      ["a\nb", "must be Unicode text without control characters"],
      ["a\u0000", "must be Unicode text without control characters"],
      ["a\u009f", "must be Unicode text without control characters"],
      ["\ud800", "must be Unicode text without control characters"],
      ["ä".repeat(257), "must have at most 512 bytes"],
    ];
    for (const [file_name, message] of names) {
      it(`the file name ${JSON.stringify(file_name).slice(0, 20)} on both paths`, async () => {
        for (const [body, within] of [
          [{ file_name }, "/uploads"],
          [{ bucket: "uploads", file_name }, "/"],
        ] as const) {
          const response = await smoke.post(body, within);
          const { errors } = JSON.parse(response.body);
          assert.deepEqual([response.status, errors], [400, [{ path: "file_name", message }]]);
        }
      });
    }

    it("fields that are missing or of the wrong type, all at once", async () => {
      const { status, body } = await smoke.post({ bucket: 5 });
      assert.deepEqual(JSON.parse(body).errors, [
        { path: "bucket", message: "must be a string" },
        { path: "file_name", message: "is required" },
      ]);
      assert.equal(status, 400);
      const sized = await smoke.post({ file_name: "a", size: 1.5 }, "/uploads");
      assert.deepEqual(
        [sized.status, JSON.parse(sized.body).errors],
        [400, [{ path: "size", message: "must be a whole number of bytes, 1 at least" }]],
      );
    });

    it("another bucket with 403, whether there is one or not", async () => {
      assert.deepEqual(await rejection(smoke.post({ bucket: "elsewhere", file_name: "a.npy" })), [
        403,
        "The bucket elsewhere is not this stack's; scenes are uploaded to uploads",
      ]);
    });

    it("a missing object with 404 and its name", async () => {
      assert.deepEqual(await rejection(smoke.post({ bucket: "uploads", file_name: "no/such.npy" })), [
        404,
        "There is no no/such.npy in the bucket",
      ]);
    });

    it("a size over 256 MB before it is uploaded, and the length itself afterwards", async () => {
      const size = 256 * 1024 * 1024 + 1;
      assert.deepEqual(await rejection(smoke.post({ file_name: "a.npy", size }, "/uploads")), [
        413,
        `\`size\` is ${size} bytes; at most 268435456 are taken`,
      ]);
      const url = await smoke.post({ file_name: "large.npy" }, "/uploads");
      const file = path.join(folder, "large.npy");
      writeFileSync(file, "");
      truncateSync(file, size);
      const uploaded = await fetch(JSON.parse(url.body).url, { method: "PUT", body: await openAsBlob(file) });
      assert.equal(uploaded.status, 200);
      assert.deepEqual(await rejection(smoke.post({ bucket: "uploads", file_name: "large.npy" })), [
        413,
        `large.npy has ${size} bytes; at most 268435456 are taken`,
      ]);
    });

    const shapes: [number[], number, string][] = [
      [[32, 32], 400, "it must be (H, W, 6) or (N, H, W, 6)"],
      [[1, 1, 32, 32, 6], 400, "it must be (H, W, 6) or (N, H, W, 6)"],
      [[32, 32, 5], 400, "its last axis must have the 6 bands"],
      [[0, 32, 32, 6], 400, "it must hold a scene at least"],
      [[31, 32, 6], 400, "height and width must be 32 pixels at least"],
      [[32, 31, 6], 400, "height and width must be 32 pixels at least"],
      [[2049, 32, 6], 413, "height and width may be 2048 pixels at most"],
      [[17, 32, 32, 6], 413, "it may hold 16 scenes at most"],
    ];
    for (const [shape, status, message] of shapes) {
      it(`the shape (${shape.join(", ")})`, async () => {
        assert.deepEqual(await rejection(smoke.infer(npyFile("|u1", shape))), [
          status,
          `The array has the shape (${shape.join(", ")}); ${message}`,
        ]);
      });
    }

    it("values that are not finite, with their place", async () => {
      const values = new Float32Array(2 * 32 * 32 * 6);
      values[32 * 32 * 6 + 5 * 32 * 6 + 7 * 6 + 3] = Number.NaN;
      const file = npyFile("<f4", [2, 32, 32, 6], new Uint8Array(values.buffer));
      assert.deepEqual(await rejection(smoke.infer(file)), [
        400,
        "The array has NaN at (1, 5, 7, 3); every value must be finite as float32: fill what is missing",
      ]);
    });

    it("digital numbers, with their place and the cure", async () => {
      const values = new Float32Array(32 * 32 * 6).fill(0.1);
      values.set([2, -0.2]);
      assert.equal(
        (await smoke.infer(npyFile("<f4", [32, 32, 6], new Uint8Array(values.buffer)))).status,
        200,
      );
      for (const [value, shown] of [
        [2.5, "2.5"],
        [-0.25, "-0.25"],
        [1523, "1523"],
      ] as const) {
        values[(3 * 32 + 4) * 6 + 5] = value;
        assert.deepEqual(
          await rejection(smoke.infer(npyFile("<f4", [32, 32, 6], new Uint8Array(values.buffer)))),
          [
            400,
            `The array has ${shown} at (3, 4, 5), which is no reflectance (0 to 1; -0.2 to 2 are taken): these look like digital numbers, divide them by their scale, often 10000, or name the value of missing pixels as \`nodata\``,
          ],
        );
      }
    });

    it("An upload in place of results, or of a file of rows that would start a batch, answers 400", async () => {
      for (const [file_name, status] of [
        ["predictions/a.npy", 400],
        ["batches/iris/in/a.csv", 400],
        ["predictions", 200],
        ["my/predictions/a.npy", 200],
      ] as const) {
        assert.equal((await smoke.post({ file_name }, "/uploads")).status, status, file_name);
      }
    });

    it("a file that is not .npy, and one that is shorter than its header says", async () => {
      assert.deepEqual(await rejection(smoke.infer(Buffer.from("PK\u0003\u0004"))), [
        400,
        "Not a .npy file: it is a zip or .npz; save one array with numpy.save",
      ]);
      assert.deepEqual(await rejection(smoke.infer(npyFile("<f4", [2048, 2048, 6], Buffer.alloc(8)))), [
        400,
        "The .npy file has 136 bytes, but its shape (2048, 2048, 6) of f4 takes 100663424 bytes",
      ]);
    });

    it("a batch that will not be done in time, rather than be stopped", async () => {
      await smoke.put("batch.npy", npyFile("|u1", [3, 64, 64, 6]));
      let asked = 0;
      const context = { ...lambdaContext, getRemainingTimeInMillis: () => (asked++ < 2 ? 10_000 : 3_000) };
      const event = { bucket: "uploads", file_name: "batch.npy" };
      const { statusCode, body } = (await smoke.handler(event, context)) as {
        statusCode: number;
        body: string;
      };
      assert.deepEqual(
        [statusCode, JSON.parse(body).message],
        [504, "The time was up after 2 of 3 scenes; send fewer at once, or smaller ones"],
      );
    });

    it("other methods with 405, and paths that are not there with 404", async () => {
      const [form] = HTTP_FORMS;
      assert.ok(form);
      const put = await callHttp(smoke.handler, form, "smoke-segmentation", {
        method: "PUT",
        path: "/uploads",
      });
      assert.deepEqual([put.status, put.headers.allow], [405, "GET, HEAD, OPTIONS, POST"]);
      assert.equal((await smoke.post({}, "/downloads")).status, 404);
    });
  });
});
