import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import card from "../../../functions/image-validation/model/card.json";
import { readImage } from "../../../functions/image-validation/readImage";
import { syncModel } from "../../../functions/model-sync/syncModel";
import { objectStore } from "../../../functions/shared/objectStore";
import { callHttp, HTTP_FORMS } from "../../helpers/handlers/eventForms";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import { loadHandler } from "../../helpers/handlers/loadHandler";
import { MemoryObjects } from "../../helpers/handlers/memoryObjects";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { useLocalS3 } from "../../helpers/services/useLocalS3";

const MODEL = path.resolve(__dirname, "../../../functions/image-validation/model");
const IMAGES = path.resolve(__dirname, "../../fixtures/images");
const image = (name: string) => fs.readFileSync(path.join(IMAGES, name));
const EXACTLY_ONE = "exactly one of `url`, `bucket` with `key`, and `image` must be given";

/** A form as a body, with its content type. */
async function encoded(form: FormData): Promise<[Buffer, string]> {
  const response = new Response(form);
  return [Buffer.from(await response.arrayBuffer()), response.headers.get("content-type") ?? ""];
}

describe("image-validation", () => {
  useLocalS3();
  const volume = temporaryFolder();
  let handler: ReturnType<typeof loadHandler>;

  const invoke = async (request: object) => {
    const { statusCode, body } = (await handler(request, lambdaContext)) as {
      statusCode: number;
      body: string;
    };
    return [statusCode, JSON.parse(body)];
  };

  before(() => {
    handler = loadHandler("image-validation", {
      MODEL_VOLUME: volume,
      MODEL_PATH: "image-validation/model.onnx",
      MODEL_CHECK_SECONDS: "0",
      UPLOAD_BUCKET: "bucket",
    });
  });

  it("asks to come again while its model is not on the volume", async () => {
    assert.deepEqual(await invoke({ image: image("horse.jpg").toString("base64") }), [
      503,
      { message: "The model cannot be loaded now" },
    ]);
  });

  describe("with its model on the volume", () => {
    before(async () => {
      const objects = new MemoryObjects();
      const files = card.files.map(({ path: name }) => [name, fs.readFileSync(path.join(MODEL, name))]);
      objects.putModel("image-validation", Object.fromEntries(files));
      const deadline = Date.now() + 30_000;
      await syncModel({ objects, volume, model: "image-validation", deadline, graceMs: 0 });
    });

    const images: [string, boolean, string[]][] = [
      ["horse.jpg", true, ["horse"]],
      ["horse-orientation-6.jpg", true, ["horse"]],
      ["unicorn.png", true, ["horse"]],
      ["unicorn-meadow.webp", true, ["horse"]],
      ["cat.jpg", false, ["dog"]],
      ["coffee.webp", false, ["cup", "dining table"]],
      ["unicorn-line.png", false, []],
    ];
    for (const [name, valid, labels] of images) {
      it(`${valid ? "validates" : "does not validate"} ${name}`, async () => {
        const [status, { message, detections, ...rest }] = await invoke({
          image: image(name).toString("base64"),
        });
        assert.deepEqual([status, rest], [200, { valid }]);
        assert.equal(message, valid ? "Unicorn validated" : "Unable to validate Unicorn");
        assert.deepEqual(
          (detections as { label: string }[]).map(({ label }) => label),
          labels,
        );
      });
    }

    it("takes an image as a data: URL, in the URL-safe alphabet, and with line breaks", async () => {
      const base64 = image("horse.jpg").toString("base64");
      for (const form of [
        `data:image/jpeg;base64,${base64}`,
        `data:;base64,${base64}`,
        image("horse.jpg").toString("base64url"),
        `${base64.replace(/.{76}/g, "$&\r\n")}\n`,
      ]) {
        const [status, { valid }] = await invoke({ image: form });
        assert.deepEqual([status, valid], [200, true]);
      }
    });

    it("takes an image from the upload bucket", async () => {
      await objectStore("bucket").put("images/horse one.jpg", image("horse.jpg"));
      const [status, { valid }] = await invoke({ bucket: "bucket", key: "images/horse one.jpg" });
      assert.deepEqual([status, valid], [200, true]);
    });

    it("names an object that is not in the bucket, and rejects one over 10 MB", async () => {
      const [missing, { message }] = await invoke({ bucket: "bucket", key: "images/none.jpg" });
      assert.deepEqual([missing, message.includes("images/none.jpg")], [404, true]);
      await objectStore("bucket").put("large.jpg", Buffer.alloc(10 * 1024 * 1024 + 1));
      assert.deepEqual(await invoke({ bucket: "bucket", key: "large.jpg" }), [
        413,
        { message: "large.jpg has 10485761 bytes; at most 10485760 are taken" },
      ]);
    });

    const rejected: [string, object, number, object][] = [
      ["no way to an image", {}, 400, { message: EXACTLY_ONE, errors: [{ path: "", message: EXACTLY_ONE }] }],
      [
        "two ways at once",
        { url: "https://example.com/horse.jpg", image: "aaaa" },
        400,
        { message: EXACTLY_ONE, errors: [{ path: "", message: EXACTLY_ONE }] },
      ],
      [
        "a key without its bucket",
        { key: "horse.jpg" },
        400,
        {
          message: "`bucket` and `key` must be given together",
          errors: [{ path: "", message: "`bucket` and `key` must be given together" }],
        },
      ],
      [
        "fields of the wrong type, all at once",
        { url: 5, image: [] },
        400,
        {
          message: "url must be a string; image must be a string",
          errors: [
            { path: "url", message: "must be a string" },
            { path: "image", message: "must be a string" },
          ],
        },
      ],
      [
        "what is not base64",
        { image: "<svg/>" },
        400,
        {
          message: "image must be base64 of an image's bytes",
          errors: [{ path: "image", message: "must be base64 of an image's bytes" }],
        },
      ],
      [
        "a data: URL that is not in base64",
        { image: `data:image/jpeg,${image("horse.jpg").toString("base64")}` },
        400,
        {
          message: "image must be base64 of an image's bytes",
          errors: [{ path: "image", message: "must be base64 of an image's bytes" }],
        },
      ],
      [
        "what is not an image",
        { image: Buffer.from("<svg/>").toString("base64") },
        400,
        { message: "The image is not a JPEG, PNG or WebP file" },
      ],
      [
        "an image over 4 MB",
        { image: Buffer.alloc(4 * 1024 * 1024 + 1).toString("base64") },
        413,
        { message: "The image has 4194305 bytes; a request takes 4194304, `url` and `key` 10485760" },
      ],
      ...["", "\ud800", "x".repeat(1_025)].map((key): [string, object, number, object] => [
        `a key of ${key.length} characters that no object can have`,
        { bucket: "bucket", key },
        400,
        {
          message: "key must have 1 to 1024 bytes of UTF-8",
          errors: [{ path: "key", message: "must have 1 to 1024 bytes of UTF-8" }],
        },
      ]),
      [
        "another bucket",
        { bucket: "other", key: "horse.jpg" },
        403,
        { message: 'The bucket "other" is not this stack\'s: upload the image to "bucket"' },
      ],
      [
        "an address that is not public",
        { url: "http://127.0.0.1/horse.jpg" },
        403,
        { message: "http://127.0.0.1 may not be fetched: it is not at a public address" },
      ],
    ];
    for (const [what, request, status, body] of rejected) {
      it(`rejects ${what} with ${status}`, async () => {
        assert.deepEqual(await invoke(request), [status, body]);
      });
    }

    for (const form of HTTP_FORMS) {
      const post = async (body: Buffer, contentType: string) => {
        const headers = { "Content-Type": contentType };
        const response = await callHttp(handler, form, "image-validation", { body, headers });
        return [response.status, JSON.parse(response.body)];
      };

      it(`takes a body that is an image over ${form.name}`, async () => {
        for (const [name, type] of [
          ["horse.jpg", "image/jpeg"],
          ["unicorn.png", "IMAGE/PNG"],
          ["unicorn-meadow.webp", "image/webp; q=1"],
        ] as const) {
          const [status, { valid }] = await post(image(name), type);
          assert.deepEqual([status, valid], [200, true]);
        }
      });

      it(`takes the only file of a form over ${form.name}`, async () => {
        const form = new FormData();
        form.append("note", "a horse");
        form.append("any", new Blob([new Uint8Array(image("horse.jpg"))]), "horse.jpg");
        const [status, { valid }] = await post(...(await encoded(form)));
        assert.deepEqual([status, valid], [200, true]);
      });

      it(`rejects an image over 4 MB, a form without one file, and a body that is not a form over ${form.name}`, async () => {
        const large = Buffer.alloc(4 * 1024 * 1024 + 1);
        const tooLarge = {
          message: "The image has 4194305 bytes; a request takes 4194304, `url` and `key` 10485760",
        };
        assert.deepEqual(await post(large, "image/png"), [413, tooLarge]);
        const form = new FormData();
        form.append("a", new Blob([large]), "a.png");
        assert.deepEqual(await post(...(await encoded(form))), [413, tooLarge]);
        form.append("b", new Blob([large]), "b.png");
        assert.deepEqual(await post(...(await encoded(form))), [
          400,
          { message: "The form has 2 files; send exactly one, e.g. curl -F file=@name" },
        ]);
        assert.deepEqual(await post(image("horse.jpg"), "multipart/form-data; boundary=x"), [
          400,
          { message: "The request body is not multipart/form-data: its boundary is not in it" },
        ]);
        assert.deepEqual(await post(Buffer.alloc(0), "image/png"), [
          400,
          { message: "The image is not a JPEG, PNG or WebP file" },
        ]);
      });

      it(`answers every sample of its card byte for byte over ${form.name}`, async () => {
        for (const { request, answer } of card.samples) {
          const call = { body: JSON.stringify(request) };
          const { status, body } = await callHttp(handler, form, "image-validation", call);
          assert.deepEqual({ status, body }, answer);
        }
      });

      it(`answers requests that come at once as it answers each alone over ${form.name}`, async () => {
        const calls = [...card.samples, ...card.samples].map(async ({ request, answer }) => {
          const call = { body: JSON.stringify(request) };
          const { status, body } = await callHttp(handler, form, "image-validation", call);
          assert.deepEqual({ status, body }, answer);
        });
        await Promise.all(calls);
      });
    }
  });

  it("says how to send a file where it describes itself", async () => {
    const [form] = HTTP_FORMS;
    assert.ok(form);
    const { body } = await callHttp(handler, form, "image-validation", { method: "GET" });
    assert.deepEqual(JSON.parse(body).file, {
      mediaTypes: ["image/jpeg", "image/png", "image/webp", "multipart/form-data"],
      curl: "curl -H 'content-type: image/jpeg' --data-binary @file https://abc.lambda-url.us-east-1.on.aws",
    });
  });

  it("says in its schema that an image comes one of three ways, and what a string of it holds", async () => {
    const [form] = HTTP_FORMS;
    assert.ok(form);
    const { body } = await callHttp(handler, form, "image-validation", { method: "GET" });
    const { oneOf, properties } = JSON.parse(body).request;
    assert.deepEqual(
      oneOf.map((way: { required: string[] }) => way.required),
      [["url"], ["bucket", "key"], ["image"]],
    );
    assert.equal(properties.url.format, "uri");
    assert.deepEqual(
      [properties.image.contentEncoding, properties.image.contentMediaType],
      ["base64", "image/*"],
    );
  });

  it("rejects a URL where the stack has no egress, and says why and what works instead", async () => {
    await assert.rejects(readImage({ url: "https://example.com/horse.jpg" }, objectStore("bucket"), "none"), {
      name: "Forbidden",
      status: 403,
      message:
        "This endpoint has no way to the internet (its stack's setting `egress` is none): send the image as `image`, or upload it and name its `bucket` and `key`",
    });
  });
});
