import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { readArchive } from "../../../../functions/shared/modelStore/readArchive";
import { packTarGz } from "../../../helpers/models/packTarGz";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

const AT = { Bucket: "bucket", Key: "key" };
const FULL = { code: "ServiceUnavailable", status: 503 };
const DISK_BYTES = 8 * 1024 * 1024;

/** Mounting needs root, and `mount` of Linux. */
function mountDisk(folder: string): boolean {
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", folder]);
  return status === 0;
}

describe("On a disk of 8 MB that is full", () => {
  // Not `temporaryFolder`, whose hook runs first: a mounted folder cannot be removed.
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-disk-"));
  const { TMPDIR } = process.env;
  let s3: LocalS3 | undefined;

  before(async function () {
    if (!mountDisk(disk)) return this.skip();
    process.env.TMPDIR = disk;
    s3 = await LocalS3.start();
    await s3.client().send(new PutObjectCommand({ ...AT, Body: "old" }));
  });
  after(async () => {
    await s3?.stop();
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    if (s3) execFileSync("umount", [disk]);
    fs.rmSync(disk, { recursive: true });
  });
  afterEach(() => fs.rmSync(path.join(disk, "filler"), { force: true }));

  const started = () => s3 ?? assert.fail("the local S3 is not started");
  const folder = () => path.join(started().folder, "s3", "bucket");
  const put = (Body: string, Metadata = {}) =>
    started()
      .client()
      .send(new PutObjectCommand({ ...AT, Body, Metadata }));
  const read = async () =>
    (await started().client().send(new GetObjectCommand(AT))).Body?.transformToString();
  const dataFiles = () => fs.readdirSync(path.join(folder(), "data"));

  /** Leaves no more than these bytes free. */
  function fill(freeBytes: number): void {
    const { bavail, bsize } = fs.statfsSync(disk);
    fs.writeFileSync(path.join(disk, "filler"), Buffer.alloc(bavail * bsize - freeBytes));
  }

  it("an upload whose bytes do not fit gets S3's own error, leaves no file, and keeps the object as it was", async () => {
    const before = dataFiles();
    fill(64 * 1024);
    assert.deepEqual(await rejection(put("n".repeat(1024 * 1024))), FULL);
    assert.deepEqual(dataFiles(), before);
    assert.equal(await read(), "old");
  });

  it("an upload whose line does not fit into the journal gets S3's own error, and the next one is written whole", async () => {
    const journal = path.join(folder(), "journal.jsonl");
    const [lines, before] = [fs.readFileSync(journal, "utf8"), dataFiles()];
    fill(0);
    // An empty object takes no page, its metadata takes the journal's next one.
    const metadata = { long: "m".repeat(1900) };
    let failed: unknown;
    for (let tries = 0; failed === undefined && tries < 4; tries++) {
      failed = await rejection(put("", metadata)).catch(() => undefined);
    }
    assert.deepEqual(failed, FULL);
    const after = fs.readFileSync(journal, "utf8");
    assert.ok(after.startsWith(lines) && after.endsWith("\n"), "the journal ends in the middle of a line");
    assert.ok(dataFiles().length <= before.length, "bytes without an object are left");
    fs.rmSync(path.join(disk, "filler"));
    await put("new");
    await started().restart();
    assert.equal(await read(), "new");
  });

  it("an archive that does not fit while it is unpacked fails with the disk's own error, and leaves no file", async () => {
    const before = fs.readdirSync(disk);
    const archive = await packTarGz({ name: "model.onnx.data", content: Buffer.alloc(DISK_BYTES) });
    const failure = await readArchive(Readable.from([archive]), 4 * DISK_BYTES).catch(
      (error: unknown) => error,
    );
    assert.equal((failure as NodeJS.ErrnoException).code, "ENOSPC");
    assert.deepEqual(fs.readdirSync(disk), before);
  });
});
