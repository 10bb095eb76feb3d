import fs from "node:fs";
import fsPromises from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { BrokenModel } from "../../../functions/shared/modelStore/brokenModel";
import { openModel } from "../../../functions/shared/modelStore/openModel";
import { LocalS3, rejection } from "../../helpers/services/localS3";
import { startCloud } from "../startCloud";
import { hold, type Scenario } from "./scenario";

export const machineScenarios: readonly Scenario[] = [
  {
    fault: "the disk under the local S3 is full in the middle of an upload",
    isQuick: true,
    run: fillS3sDisk,
  },
  { fault: "a function's temporary folder is full when a large model arrives", isQuick: true, run: fillTmp },
  { fault: "two `npm start` on one data folder at once", run: startTwice },
];

async function fillS3sDisk() {
  const s3 = await LocalS3.start();
  try {
    const put = (Body: string) =>
      s3.client().send(new PutObjectCommand({ Bucket: "bucket", Key: "key", Body }));
    await put("old");
    const { data } = s3.service.bucket("bucket");
    const { write } = data;
    data.write = async () => {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    };
    const rejected = await rejection(put("new"));
    hold(rejected.status === 503, `the caller gets ${rejected.status} ${rejected.code}`);
    const read = async () => {
      const { Body } = await s3.client().send(new GetObjectCommand({ Bucket: "bucket", Key: "key" }));
      return Body?.transformToString();
    };
    hold((await read()) === "old", "the object that was there before is not");
    data.write = write;
    await put("new");
    hold((await read()) === "new", "the next upload is not there");
    return { gets: "503 ServiceUnavailable", next: "200", whole: "the object is the old one", times: 1 };
  } finally {
    await s3.stop();
  }
}

/** More than a model may have to stay in memory while it arrives. */
const LARGE = 9 * 1024 * 1024;

async function fillTmp() {
  const before = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("model-"));
  const { mkdtemp } = fsPromises;
  const open = () => {
    const stream = Readable.from([Buffer.alloc(LARGE, 8)]);
    return openModel(
      "models/a/1/model.onnx",
      { stream, bytes: LARGE, version: "1" },
      { maxBytes: 2 * LARGE, make: () => {} },
    );
  };
  fsPromises.mkdtemp = (() =>
    Promise.reject(
      Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }),
    )) as typeof mkdtemp;
  const failure = await open().then(
    () => undefined,
    (error: unknown) => error,
  );
  fsPromises.mkdtemp = mkdtemp;
  hold(failure instanceof Error && !(failure instanceof BrokenModel), `a full disk is told as ${failure}`);
  const next = await open().then(
    () => undefined,
    (error: unknown) => error,
  );
  hold(next instanceof BrokenModel, `the next one is told as ${next}`);
  const left = fs
    .readdirSync(os.tmpdir())
    .filter((name) => name.startsWith("model-") && !before.includes(name));
  hold(left.length === 0, `there is left ${left.join(", ")}`);
  return {
    gets: "503: it cannot be loaded now, which is no fault of the model",
    next: "the same model is looked at anew",
    whole: "no file in the temporary folder",
    times: 1,
  };
}

async function startTwice() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-twice-"));
  try {
    const starts = await Promise.allSettled([startCloud(folder), startCloud(folder)]);
    const served = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
    const rejected = starts.flatMap((start) => (start.status === "rejected" ? [String(start.reason)] : []));
    for (const cloud of served) {
      const response = await fetch(String(cloud.outputs.irisUrl));
      hold(response.status === 200, `the one that serves answers ${response.status}`);
      const left = await cloud.end();
      hold(left.length === 0, left.join(" "));
    }
    hold(served.length === 1, `${served.length} of two serve: ${rejected.join("; ")}`);
    hold(/Another local cloud starts|runs already/.test(rejected[0] ?? ""), `the other says ${rejected[0]}`);
    const again = await startCloud(folder);
    await again.end();
    return {
      gets: "one serves, the other ends with one line that names it",
      next: "a third start on the folder serves",
      whole: "the data folder is one cloud's",
      times: 2,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
