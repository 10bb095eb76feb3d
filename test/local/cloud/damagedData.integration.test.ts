import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { AddressBook } from "../../../local/cloud/addressBook";
import { claimDataFolder, writeRunningCloud } from "../../../local/cloud/runningCloud";
import { Services } from "../../../local/cloud/services";
import { freePorts } from "../../helpers/cloud/freePorts";
import { removeFolder } from "../../helpers/process/removeFolder";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { zipFunction } from "../../helpers/services/zipFunction";

const DAMAGES: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  "cut short": (content) => content.subarray(0, Math.floor(content.length / 2)),
  empty: () => Buffer.alloc(0),
  garbage: () => Buffer.from("\u0000{ garbage\n\n"),
};
const BYTES = "a".repeat(1000);
const FUNCTION = "f";

describe("A local cloud whose data folder has a damaged file", () => {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, "data");
  const pristine = path.join(folder, "pristine");
  let archive: string;
  let layer: string;
  let files: string[];
  before(async () => {
    archive = await zipFunction(path.join(folder, "f.zip"), {
      "index.js": `exports.handler = async () => require("./part") + require("of-layer");`,
      "part.js": `module.exports = "whole";`,
    });
    layer = await zipFunction(path.join(folder, "layer.zip"), {
      "nodejs/node_modules/of-layer/index.js": `module.exports = " layer";`,
    });
    await use(async ({ cloud }) => {
      await cloud.s3.createBucket("bucket");
      for (const key of ["one", "two"]) {
        await cloud.s3.putObject("bucket", { key, body: Readable.from([Buffer.from(BYTES)]), metadata: {} });
      }
      assert.equal(await responseOf(cloud), "whole layer");
    });
    fs.cpSync(dataDir, pristine, { recursive: true, preserveTimestamps: true });
    files = fs
      .readdirSync(pristine, { recursive: true, encoding: "utf8" })
      .filter((file) => fs.statSync(path.join(pristine, file)).isFile());
  });

  it("is tried with every kind of file there is", () => {
    const kinds = files.map((file) => file.replace(/[0-9a-f-]{16,}/g, "…")).sort();
    assert.deepEqual(
      [...new Set(kinds)],
      [
        "iam/root.json",
        "lambda/runtime/…/faults.js",
        "lambda/runtime/…/index.js",
        "lambda/unpacked/…/index.js",
        "lambda/unpacked/…/nodejs/node_modules/of-layer/index.js",
        "lambda/unpacked/…/part.js",
        "lambda/versions.json",
        "ports.json",
        "running.json",
        "s3/bucket/bucket.json",
        "s3/bucket/data/…",
        "s3/bucket/journal.jsonl",
        "s3/bucket/journal.jsonl.bytes",
      ],
    );
  });

  for (const [what, damage] of Object.entries(DAMAGES)) {
    it(`names it and says what to do, or serves as before, where it is ${what}`, async () => {
      for (const file of files) {
        removeFolder(dataDir);
        fs.cpSync(pristine, dataDir, { recursive: true, preserveTimestamps: true });
        const damaged = path.join(dataDir, file);
        fs.writeFileSync(damaged, damage(fs.readFileSync(damaged)));
        try {
          await use(async ({ cloud }) => {
            for (const key of ["one", "two"]) {
              assert.equal(String(await cloud.s3.readObject("bucket", key)), BYTES, `${file}: ${key}`);
            }
            assert.equal(await responseOf(cloud), "whole layer", file);
          });
        } catch (error) {
          const { message } = error as Error;
          const named = path.join(dataDir, file);
          assert.ok(message.startsWith(named), `${file}: ${message}`);
          assert.match(message, /(delete|put back|write) /, file);
        }
      }
    });
  }

  /** Starts services on a folder, as `npm start` does, and stops them. */
  async function use(work: (services: Services) => Promise<void>): Promise<void> {
    const basePort = await freePorts();
    claimDataFolder(dataDir);
    const book = new AddressBook(dataDir, basePort);
    book.assign(["aws:lambda/functionUrl:FunctionUrl::f"]);
    const services = new Services({ dataDir, basePort, region: "eu-west-1", countVersions: true });
    try {
      await services.start();
      const { arn } = await services.cloud.lambda.putLayer("layer", { archive: layer }, "1");
      const published = await services.cloud.lambda.putFunction(
        {
          functionName: FUNCTION,
          role: "arn:aws:iam::123456789012:role/test",
          runtime: "nodejs22.x",
          handler: "index.handler",
          code: { archive },
          layers: [arn],
          environment: {},
          memorySize: 128,
          timeout: 10,
          logGroup: "/aws/lambda/f",
          logFormat: "Text",
        },
        { publish: true },
      );
      assert.equal(published.version, "1", "the same code is another version");
      writeRunningCloud(dataDir, { outputs: {}, region: "eu-west-1" });
      await work(services);
    } finally {
      await services.close();
    }
  }

  async function responseOf(cloud: Services["cloud"]): Promise<unknown> {
    const { payload } = await cloud.lambda.invoke(FUNCTION, undefined, Buffer.from("{}"));
    return JSON.parse(String(payload));
  }
});
