import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { installForPlatform } from "../../../infra/packaging/installForPlatform";
import { PROJECT_ROOT } from "../../../infra/packaging/paths";

/** A platform that sharp has, and that nothing else here asks for. */
const RISCV = { os: "linux", cpu: "riscv64", architecture: "arm64" } as const;

describe("installForPlatform", () => {
  it("says in one line what to do where npm has no network, and leaves nothing behind", () => {
    const registry = process.env.npm_config_registry;
    const cache = process.env.npm_config_cache;
    process.env.npm_config_registry = "http://127.0.0.1:9/";
    process.env.npm_config_cache = path.join(PROJECT_ROOT, ".paddock", "cache", "npm-of-a-test");
    process.env.npm_config_fetch_retries = "0";
    try {
      assert.throws(
        () => installForPlatform("sharp", RISCV),
        /^Error: npm could not install sharp [\d.]+ for linux\/riscv64 \(ECONNREFUSED\): it is needed once, from npm's registry; or set `paddock:platform` to host for packages of this machine\.$/,
      );
    } finally {
      fs.rmSync(process.env.npm_config_cache, { recursive: true, force: true });
      delete process.env.npm_config_fetch_retries;
      if (registry === undefined) delete process.env.npm_config_registry;
      else process.env.npm_config_registry = registry;
      if (cache === undefined) delete process.env.npm_config_cache;
      else process.env.npm_config_cache = cache;
    }
    const left = fs.readdirSync(path.join(PROJECT_ROOT, ".paddock", "cache"));
    assert.deepEqual(
      left.filter((name) => name.includes("riscv64")),
      [],
    );
  });

  it("rejects a package that the lockfile does not have", () => {
    assert.throws(() => installForPlatform("nosuch", RISCV), {
      message: "nosuch is not in package-lock.json: run `npm install nosuch`.",
    });
  });
});
