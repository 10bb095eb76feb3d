import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { sharpFiles } from "../../../infra/packaging/sharpFiles";
import { platformOf } from "../../../infra/platform";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const HOST = platformOf("host", "arm64");
const sizeOf = (files: Readonly<Record<string, Uint8Array>>) =>
  Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0);

describe("sharpFiles", () => {
  it("hold all that sharp needs on this machine, by themselves", () => {
    const folder = temporaryFolder();
    for (const [name, bytes] of Object.entries(sharpFiles(HOST, ""))) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), bytes);
    }
    const image = path.resolve(__dirname, "../../fixtures/images/horse.jpg");
    const script = `require("sharp")(${JSON.stringify(image)}).metadata().then(({ width }) => console.log(width))`;
    const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot };
    assert.equal(execFileSync(process.execPath, ["-e", script], { cwd: folder, env }).toString(), "400\n");
  });

  it("hold one platform's native part only, and neither sources nor types", () => {
    const names = Object.keys(sharpFiles(HOST, "nodejs/"));
    const native = names.filter((name) => name.endsWith(".node"));
    assert.deepEqual(
      native.map((name) => path.posix.basename(name).replace(/-[\d.]+\.node$/, "")),
      [`sharp-${process.platform}-${process.arch}`],
    );
    assert.ok(names.every((name) => name.startsWith("nodejs/node_modules/")));
    assert.deepEqual(
      names.filter((name) => /\.(ts|mts|cts|mjs|h|cc|gyp)$/.test(name)),
      [],
    );
  });

  it("are another platform's where that is asked for, within a layer's limits", () => {
    const other = HOST.architecture === "arm64" ? "x86_64" : "arm64";
    const files = sharpFiles(platformOf("lambda", other), "nodejs/");
    const cpu = other === "arm64" ? "arm64" : "x64";
    const native = Object.keys(files).filter((name) => name.endsWith(".node"));
    assert.equal(native.length, 1);
    const elf = Buffer.from(files[native[0] as string] as Uint8Array);
    // e_machine of the ELF header.
    assert.equal(elf.readUInt16LE(18), cpu === "arm64" ? 183 : 62);
    assert.ok(sizeOf(files) < 30 * 1024 * 1024, `${sizeOf(files)} bytes`);
  });
});
