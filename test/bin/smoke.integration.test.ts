import assert from "node:assert/strict";
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { smokeCommand } from "../../bin/lib/smokeCommand";
import { callHttp, type EventForm, HTTP_FORMS } from "../helpers/handlers/eventForms";
import { SmokeFunction } from "../helpers/handlers/smokeFunction";
import { listen } from "../helpers/http/listen";
import { npyFile } from "../helpers/models/npyFile";
import { callCommand } from "../helpers/process/callCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const SAMPLES = path.resolve(__dirname, "../../functions/smoke-segmentation/samples");

describe("npm run smoke", () => {
  const folder = temporaryFolder();
  let smoke: SmokeFunction;
  let url: string;
  before(async () => {
    smoke = await SmokeFunction.start();
    // A function URL, as far as the command needs one.
    const server = createServer(async (request, response) => {
      const [form] = HTTP_FORMS as [EventForm];
      const { status, headers, body } = await callHttp(smoke.handler, form, "smoke-segmentation", {
        method: request.method,
        path: request.url,
        body: await buffer(request),
      });
      response.writeHead(status, headers).end(body);
    });
    url = `${await listen(server)}/`;
  });
  after(() => smoke.stop());

  /** Exit code and the last lines that were printed. Files are those of the suite's folder. */
  const run = async (...args: string[]) => {
    const words = args.map((arg) => (/\.(npy|tif)$/.test(arg) ? path.join(folder, arg) : arg));
    const { exit, output } = await callCommand(smokeCommand, [...words, "--data", folder]);
    const lines = output.replaceAll(`${folder}/`, "").split("\n");
    return { code: exit, lines: lines.filter((line) => / % of |^Nothing|answer|Usage|[Nn]ot a/.test(line)) };
  };
  const sizeOf = async (image: string) => {
    // Not by its path: from there sharp reads nothing in a process that has loaded image-validation.
    const { width, height, format } = await sharp(readFileSync(path.join(folder, image))).metadata();
    return [format, width, height];
  };

  it("uploads a scene, paints its smoke and says how much there is", async () => {
    copyFileSync(path.join(SAMPLES, "smoke.npy"), path.join(folder, "scene.npy"));
    const { code, lines } = await run("scene.npy", "--url", url);
    assert.deepEqual([code, lines], [0, ["30.3 % of 96 x 96 pixels show smoke: scene.smoke.png"]]);
    assert.deepEqual(await sizeOf("scene.smoke.png"), ["png", 288, 310]);
  });

  it("paints every scene of a batch, also where the response is too large for a response", async () => {
    writeFileSync(path.join(folder, "batch.npy"), npyFile("|u1", [2, 1200, 1300, 6]));
    const { code, lines } = await run("batch.npy", "--url", url);
    const line = (index: number) => `0.0 % of 1300 x 1200 pixels show smoke: batch.smoke-${index}.png`;
    assert.deepEqual([code, lines], [0, [line(0), line(1)]]);
    assert.deepEqual(await sizeOf("batch.smoke-1.png"), ["png", 1300, 1222]);
  });

  it("npm run smoke takes a GeoTIFF", async () => {
    const geoTiff = path.resolve(__dirname, "../fixtures/geotiff/nodata-sparse-u2.tif");
    copyFileSync(geoTiff, path.join(folder, "scene.tif"));
    const { code, lines } = await run("scene.tif", "--url", url);
    assert.deepEqual([code, lines.length], [0, 1]);
    assert.match(lines[0] ?? "", /% of 37 x 50 pixels show smoke: scene\.smoke\.png$/);
  });

  it("passes on why the endpoint rejects", async () => {
    writeFileSync(path.join(folder, "bands.npy"), npyFile("|u1", [64, 64, 4]));
    assert.deepEqual(await run("bands.npy", "--url", url), {
      code: 1,
      lines: [
        `${url.slice(0, -1)} answered 400: The array has the shape (64, 64, 4); its last axis must have the 6 bands`,
      ],
    });
  });

  it("says what to do where nothing is served", async () => {
    assert.deepEqual(await run("scene.npy"), {
      code: 1,
      lines: ['Nothing serves the stack "dev" here: start it with `npm start`, or give `--url`.'],
    });
    const { code, lines } = await run("scene.npy", "--url", "http://127.0.0.1:9");
    assert.equal(code, 1);
    assert.match(lines.join("\n"), /^http:\/\/127\.0\.0\.1:9\/uploads does not answer: .+\.$/);
  });

  it("npm run smoke without a file says how it is used", async () => {
    const { code, lines } = await run();
    assert.deepEqual([code, lines], [2, ["Usage: npm run smoke -- scene.npy [options]; --help says more."]]);
  });

  it("rejects a file that is not an array, or is not a file", async () => {
    writeFileSync(path.join(folder, "text.npy"), "hello");
    assert.deepEqual(await run("text.npy", "--url", url), {
      code: 1,
      lines: ["Not a .npy file: it starts with 68656c6c6f, not 934e554d5059"],
    });
    symlinkSync("/dev/zero", path.join(folder, "endless.npy"));
    assert.deepEqual(await run("endless.npy", "--url", url), {
      code: 1,
      lines: ["endless.npy is a device or a pipe, not a file."],
    });
  });
});
