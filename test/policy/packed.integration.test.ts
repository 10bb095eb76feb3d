import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import tar from "tar-stream";
import { PackHost } from "../helpers/policy/packHost";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const ROOT = path.resolve(__dirname, "../..");
const PROGRAMS = path.join(ROOT, "test/fixtures/policy-programs");
const PACKAGES = ["local", "policy"];

describe("the packages as `npm pack` makes them", () => {
  const folder = temporaryFolder();

  before(async () => {
    await install(folder);
    fs.cpSync(PROGRAMS, folder, { recursive: true });
  });

  const judged = async (program: string) => {
    const { stdout, code } = await run(folder, ["--program", program, "--stack", "dev", "--json"]);
    const [{ verdicts, couldNotRun }] = JSON.parse(stdout) as [Report];
    return { code, couldNotRun, violations: verdicts.filter(({ outcome }) => outcome === "violation") };
  };

  it("A function on EFS in one file, with `export = async`, is judged: its access point is everyone's to write", async () => {
    const { code, violations, couldNotRun } = await judged("efs-function");
    assert.deepEqual(named(violations), ["efs-access-point-permissions data"]);
    assert.deepEqual([code, named(couldNotRun)], [1, []]);
  });

  it("A serverless API is judged: its role may do everything, and its handler is not there", async () => {
    const { code, violations } = await judged("serverless-api");
    assert.deepEqual(named(violations), [
      "iam-star-actions notes",
      "iam-star-resources notes",
      "package-handler notes",
    ]);
    assert.equal(code, 1);
  });

  it("A static site in an ECMAScript module is judged: its bucket's policy lets everyone read", async () => {
    const { code, violations } = await judged("static-site");
    assert.deepEqual([code, named(violations)], [1, ["s3-public-policy site"]]);
  });

  describe("a pack of one's own by `createPack`", () => {
    let pack: PackHost;

    before(async () => {
      const host = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
      pack = await PackHost.start(process.execPath, [host, "127.0.0.1:1", "."], {
        cwd: path.join(folder, "own-pack"),
        env: withoutStack(),
      });
    });

    after(() => pack.end());

    it("It has the rules that it names, and one of its own", async () => {
      const info = await pack.info();
      assert.equal(info.getName(), "acme");
      assert.deepEqual(
        info.getPoliciesList().map((policy) => policy.getName()),
        ["logs-retention", "package-handler", "logs-name", "stack-exceptions"],
      );
    });

    it("It judges by its own limits and levels, and lets its exceptions pass", async () => {
      const urn = (name: string) => `urn:pulumi:dev::static-site::aws:cloudwatch/logGroup:LogGroup::${name}`;
      const kept = { name: "web", retentionInDays: 180 };
      const [retention, name] = await pack.analyze(urn("web"), kept);
      assert.deepEqual(retention?.slice(0, 2), ["logs-retention", EnforcementLevel.MANDATORY]);
      assert.match(retention?.[2] ?? "", /^kept for 180 days; allowed: 7 to 90 days\./);
      assert.equal(name?.[2], "name web; allowed: /acme/…. Begin the name with the team's.");
      assert.deepEqual(await pack.analyze(urn("old"), { name: "old", retentionInDays: 30 }), []);
    });
  });
});

interface Report {
  readonly verdicts: readonly (Named & { readonly outcome: string })[];
  readonly couldNotRun: readonly Named[];
}

interface Named {
  readonly rule: string;
  readonly urn: string;
}

const named = (list: readonly Named[]) =>
  list.map(({ rule, urn }) => `${rule} ${urn.split("::").at(-1)}`).sort();

/** The environment without what an engine would say of a stack. */
function withoutStack(): NodeJS.ProcessEnv {
  const { PULUMI_CONFIG, PULUMI_NODEJS_PROJECT, ...env } = process.env;
  return env;
}

/** Installs the packed packages, and links what they declare to need: nothing else is there. */
async function install(folder: string): Promise<void> {
  const modules = path.join(folder, "node_modules");
  const needed = new Set<string>();
  const packing = ["pack", "--json", "--pack-destination", folder, ...PACKAGES.map((name) => `./${name}`)];
  const packed = JSON.parse(execFileSync("npm", packing, { cwd: ROOT, encoding: "utf8" })) as Packed[];
  assert.equal(packed.length, PACKAGES.length);
  for (const { name, filename } of packed) {
    const target = path.join(modules, name);
    await unpack(path.join(folder, filename), target);
    const manifest = JSON.parse(fs.readFileSync(path.join(target, "package.json"), "utf8")) as Manifest;
    for (const one of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
      needed.add(one);
    for (const [bin, file] of Object.entries(manifest.bin ?? {})) {
      fs.mkdirSync(path.join(modules, ".bin"), { recursive: true });
      fs.chmodSync(path.join(target, file), 0o755);
      fs.symlinkSync(path.join(target, file), path.join(modules, ".bin", bin));
    }
  }
  for (const name of [...needed].filter((one) => !one.startsWith("@paddock/"))) {
    fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    const [real] = [
      path.join(ROOT, "local/node_modules", name),
      path.join(ROOT, "node_modules", name),
    ].filter((one) => fs.existsSync(one));
    fs.symlinkSync(real ?? name, path.join(modules, name), "dir");
  }
}

interface Packed {
  readonly name: string;
  readonly filename: string;
}

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

async function unpack(archive: string, target: string): Promise<void> {
  const files = tar.extract();
  files.on("entry", ({ name }, stream, next) => {
    // npm puts everything below `package/`.
    const file = path.join(target, name.split("/").slice(1).join("/"));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    stream.pipe(fs.createWriteStream(file)).once("finish", next);
  });
  await pipeline(fs.createReadStream(archive), createGunzip(), files);
}

/** Runs the installed command by the link that npm's scripts and npx run, from the folder it is installed in. */
async function run(cwd: string, args: readonly string[]): Promise<{ stdout: string; code: number }> {
  try {
    const { stdout } = await promisify(execFile)("node_modules/.bin/paddock-policy", args, {
      cwd,
      env: withoutStack(),
      maxBuffer: 10_000_000,
    });
    return { stdout, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    assert.notEqual(stdout, "", stderr);
    return { stdout, code };
  }
}
