import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { aliasStore } from "../../../functions/open-inference/aliasStore";
import { NotFound, ServiceUnavailable } from "../../../functions/shared/errors";
import type { ObjectStore } from "../../../functions/shared/objectStore";
import { captureLogs } from "../../helpers/handlers/captureLogs";

/** A bucket whose `aliases.json` can be replaced. */
class Bucket {
  content: string | Error = "{}";
  reads: string[] = [];

  async get(key: string) {
    this.reads.push(key);
    if (this.content instanceof Error) throw this.content;
    const bytes = Buffer.byteLength(this.content);
    return { key, etag: "", bytes, metadata: {}, body: Readable.from([Buffer.from(this.content)]) };
  }
}

describe("aliasStore", () => {
  it("A model's aliases are read once for as long as they are fresh", async () => {
    const bucket = new Bucket();
    bucket.content = '{"live": "3"}';
    const read = aliasStore(bucket as unknown as ObjectStore, 60);
    assert.deepEqual(await Promise.all([read("churn"), read("churn")]), [{ live: "3" }, { live: "3" }]);
    assert.deepEqual(bucket.reads, ["models/churn/aliases.json"]);
  });

  it("The last good ones are followed while the file is broken or cannot be had, and none where it is deleted", async () => {
    const bucket = new Bucket();
    const read = aliasStore(bucket as unknown as ObjectStore, 0);
    bucket.content = '{"live": "3"}';
    await read("churn");
    const lines = await captureLogs(async () => {
      for (const broken of ["{", '{"live": 4}', `{"live": "4", "x": "${"x".repeat(70_000)}"}`]) {
        bucket.content = broken;
        assert.deepEqual(await read("churn"), { live: "3" });
      }
      bucket.content = new ServiceUnavailable("The bucket cannot serve it now");
      assert.deepEqual(await read("churn"), { live: "3" });
    });
    assert.equal(lines.length, 4);
    bucket.content = new NotFound("There is none");
    assert.equal(await read("churn"), undefined);
  });

  it("A file that was never good is 422 with the cure, and is read again by the next request", async () => {
    const bucket = new Bucket();
    const read = aliasStore(bucket as unknown as ObjectStore, 60);
    bucket.content = '{"live": "three"}';
    await assert.rejects(read("churn"), {
      status: 422,
      message:
        "models/churn/aliases.json cannot be followed: live must be a whole number; write it with `npm run model -- alias churn live=VERSION`",
    });
    for (const [content, problem] of [
      ["null", "must be an object"],
      ['{"live": "3", "canary": 5, "history": {}}', "canary must be an object; history must be an array"],
    ] as const) {
      bucket.content = content;
      await assert.rejects(read("churn"), {
        message: `models/churn/aliases.json cannot be followed: ${problem}; write it with \`npm run model -- alias churn live=VERSION\``,
      });
    }
    bucket.content = '{"live": "3"}';
    assert.deepEqual(await read("churn"), { live: "3" });
  });
});
