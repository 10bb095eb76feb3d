import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { objectStore } from "../../../functions/shared/objectStore";
import { useLocalS3 } from "../../helpers/services/useLocalS3";

describe("objectStore", () => {
  const local = useLocalS3();
  const objects = () => objectStore("bucket");
  const all = async (prefix: string) => {
    const found = [];
    for await (const { key, bytes } of objects().list(prefix)) found.push({ key, bytes });
    return found;
  };

  it("puts an object and gets it back as a stream, with its size and ETag", async () => {
    await objects().put("a/1.txt", Buffer.from("hello"), { contentType: "text/plain" });
    const object = await objects().get("a/1.txt");
    assert.ok(object);
    const { body, metadata, ...info } = object;
    assert.deepEqual([await text(body), metadata], ["hello", {}]);
    assert.deepEqual(info, { key: "a/1.txt", bytes: 5, etag: '"5d41402abc4b2a76b9719d911017c592"' });
    assert.deepEqual(await objects().head("a/1.txt"), info);
  });

  it("gets nothing where the object is still the one that the caller knows", async () => {
    await objects().put("b", Buffer.from("1"));
    const { etag } = await objects().head("b");
    assert.equal(await objects().get("b", { unlessEtag: etag }), undefined);
    await objects().put("b", Buffer.from("2"));
    const changed = await objects().get("b", { unlessEtag: etag });
    assert.equal(changed && (await text(changed.body)), "2");
  });

  it("lists every object below a prefix, over several pages", async () => {
    const keys = Array.from({ length: 1003 }, (_, i) => `list/${String(i).padStart(4, "0")}`);
    for (const key of keys)
      await local.s3.service.putObject("bucket", {
        key,
        body: Readable.from([Buffer.from("x")]),
        metadata: {},
      });
    await objects().put("listed-not", Buffer.from("x"));
    assert.deepEqual(
      await all("list/"),
      keys.map((key) => ({ key, bytes: 1 })),
    );
  });

  it("names an object that is not there in a 404", async () => {
    for (const method of ["get", "head"] as const) {
      await assert.rejects(objects()[method]("no/such"), {
        status: 404,
        message: "There is no no/such in the bucket",
      });
    }
  });

  it("rejects a key that no object can have", async () => {
    for (const key of ["\ud800", "x".repeat(1_025)]) {
      const message = /^No object can have the key /;
      await assert.rejects(objects().get(key), { status: 400, message });
      await assert.rejects(objects().put(key, Buffer.from("a")), { status: 400, message });
    }
  });

  it("A read that S3 denies answers 403", async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "ROLE",
      AWS_SECRET_ACCESS_KEY: "role-secret",
      AWS_SESSION_TOKEN: "role-session",
    });
    try {
      await assert.rejects(objects().get("b"), {
        status: 403,
        message: "This endpoint may not read or write b in the bucket",
      });
    } finally {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
      delete process.env.AWS_SESSION_TOKEN;
    }
  });

  it("turns everything else into 503 with Retry-After, a bucket that is not there too", async () => {
    const expected = (message: string) => ({ status: 503, message, headers: { "retry-after": "5" } });
    await assert.rejects(objectStore("nobody").get("b"), expected("The bucket cannot serve b now"));
    const { AWS_ENDPOINT_URL_S3 } = process.env;
    process.env.AWS_ENDPOINT_URL_S3 = "http://127.0.0.1:9";
    try {
      await assert.rejects(all("list/"), expected("The bucket cannot serve list/ now"));
    } finally {
      process.env.AWS_ENDPOINT_URL_S3 = AWS_ENDPOINT_URL_S3;
    }
  });
});
