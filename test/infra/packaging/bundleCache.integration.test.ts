import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { buildOnce } from "../../../infra/packaging/bundleCache";
import { PROJECT_ROOT } from "../../../infra/packaging/paths";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("A bundle of an earlier evaluation", () => {
  const sources = temporaryFolder();
  const cache = temporaryFolder();
  const write = (name: string, text: string) => fs.writeFileSync(path.join(sources, name), text);
  const bundle = (charset: "ascii" | "utf8" = "ascii") => {
    const options = { absWorkingDir: PROJECT_ROOT, outfile: "index.js", bundle: true, charset };
    const { outputs } = buildOnce(path.join(sources, "index.ts"), options, cache);
    return Buffer.from(outputs["index.js"] ?? []).toString();
  };
  const cached = () => path.join(cache, fs.readdirSync(cache)[0] ?? "");
  const isFromCache = () => {
    const { mtimeMs } = fs.statSync(cached());
    bundle();
    return fs.statSync(cached()).mtimeMs === mtimeMs;
  };

  before(() => {
    write("index.ts", 'import { part } from "./part";\nconsole.log(part);');
    fs.mkdirSync(path.join(sources, "part"));
    write("part/index.ts", 'export const part = "folder é";');
    assert.match(bundle(), /folder/);
  });

  it("is taken where nothing changed, with the same content", () => {
    assert.equal(isFromCache(), true);
    assert.match(bundle(), /folder/);
  });

  it("is made again where a file changed that it holds", () => {
    write("part/index.ts", 'export const part = "changed é";');
    assert.match(bundle(), /changed/);
    assert.equal(isFromCache(), true);
  });

  it("is made again where a file appears that is found before the one it holds", () => {
    write("part.ts", 'export const part = "nearer é";');
    assert.match(bundle(), /nearer/);
  });

  it("is made again with other options", () => {
    assert.match(bundle("utf8"), /é/);
    assert.doesNotMatch(bundle(), /é/);
  });

  it("is made again where it cannot be read", () => {
    fs.writeFileSync(cached(), "damaged");
    assert.match(bundle(), /nearer/);
    assert.equal(isFromCache(), true);
  });
});
