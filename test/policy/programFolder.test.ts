import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { ProgramFolderUnknown, resolveFrom } from "../../policy/lib/packages/resolveFrom";
import { findProjectDir, PROGRAM_VARIABLE, programFolder } from "../../policy/lib/programFolder";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { useEnvironment } from "../helpers/process/useEnvironment";

describe("the folder of the program that a pack judges", () => {
  const root = temporaryFolder();
  const setEnvironment = useEnvironment();

  /** A folder with a Pulumi.yaml of this text. */
  const project = (folder: string, text: string) => {
    fs.mkdirSync(path.join(root, folder), { recursive: true });
    fs.writeFileSync(path.join(root, folder, "Pulumi.yaml"), text);
    return path.join(root, folder);
  };
  const pack = (folder: string) => {
    fs.mkdirSync(path.join(root, folder), { recursive: true });
    return path.join(root, folder);
  };
  const nowhere = () => [];

  it("The nearest Pulumi.yaml above the pack that has the project's name wins", () => {
    const outer = project("a", "name: site\n");
    const inner = project("a/b", "name: site\n");
    project("a/b/c", "name: other\n");
    assert.equal(findProjectDir("site", pack("a/b/c/policy"), nowhere), inner);
    assert.equal(findProjectDir("site", pack("a/policy"), nowhere), outer);
  });

  it("A pack elsewhere finds it above a folder that one of its parent processes runs in", () => {
    const site = project("d", "name: site\n");
    const below = pack("d/src/deep");
    assert.equal(
      findProjectDir("site", pack("packs"), () => [root, below]),
      site,
    );
  });

  it("The variable names it where neither does, and counts only for the project of that name", () => {
    const site = project("e", "name: site\n");
    setEnvironment({ [PROGRAM_VARIABLE]: site });
    assert.equal(findProjectDir("site", pack("packs"), nowhere), site);
    assert.equal(findProjectDir("shop", pack("packs"), nowhere), undefined);
  });

  it("A Pulumi.yaml on the way that is not YAML is passed by", () => {
    project("f", "name: site\n");
    project("f/g", "name: [\n");
    assert.equal(findProjectDir("site", pack("f/g/policy"), nowhere), path.join(root, "f"));
  });

  it("Where nobody knows it, a package's path has no folder to be relative to, and the error says what to set", () => {
    assert.throws(() => resolveFrom(undefined, "./app"), ProgramFolderUnknown);
    assert.throws(() => resolveFrom(undefined, "./app"), new RegExp(PROGRAM_VARIABLE));
  });

  it("Archives are relative to the folder of `main`, be it a folder or a file", () => {
    const site = project("h", "name: site\nmain: src\n");
    pack("h/src");
    assert.equal(programFolder(site), path.join(site, "src"));
    project("h", "name: site\nmain: src/index.ts\n");
    fs.writeFileSync(path.join(site, "src/index.ts"), "");
    assert.equal(programFolder(site), path.join(site, "src"));
  });
});
