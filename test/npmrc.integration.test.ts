import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

describe(".npmrc", () => {
  it("has npm run no package's install script, and no key that npm warns of", () => {
    const { stdout, stderr } = spawnSync("npm", ["config", "get", "ignore-scripts"], {
      cwd: path.resolve(__dirname, ".."),
      encoding: "utf8",
      // npm is a script there.
      shell: process.platform === "win32",
      // Those of `npm test` would win.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
    });
    assert.equal(stdout, "true\n");
    assert.doesNotMatch(stderr, /project config/);
  });
});
