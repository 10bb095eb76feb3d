import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { LocalCloud } from "@paddock/local/cli";
import { startProject } from "../helpers/cloud/startProject";
import { describeWith, PYTHON } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const ROOT = path.resolve(__dirname, "../..");
const CLIENT = path.join(ROOT, "clients/python");
const REQUIREMENTS = path.join(CLIENT, "requirements-test.txt");
const run = promisify(execFile);

interface Cell {
  readonly source: string;
  /** Media types of what it shows. */
  readonly types: readonly string[];
  readonly text: string;
}

/** An environment with what the client's tests need, made once. */
async function virtualEnvironment(): Promise<string> {
  const key = createHash("sha256").update(fs.readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const folder = path.join(ROOT, ".paddock/cache", `python-${key}`);
  const python = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const whole = path.join(folder, "whole");
  if (fs.existsSync(whole)) return python;
  await run(PYTHON, ["-m", "venv", "--clear", folder]);
  await run(python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]);
  fs.writeFileSync(whole, "");
  return python;
}

describeWith("python", "the Python client", function () {
  this.timeout(600_000);
  const installed = temporaryFolder();
  const clouds: LocalCloud[] = [];
  let python: string;

  before(async () => {
    python = await virtualEnvironment();
    const build = ["--no-deps", "--no-build-isolation", "--target", installed];
    await run(python, ["-m", "pip", "install", "--quiet", ...build, CLIENT]);
  });
  after(async () => {
    for (const cloud of clouds) await cloud.close();
  });

  /** The environment that asks a stack by the client that was installed. */
  function environmentOf({ outputs, rootKey, region }: LocalCloud): NodeJS.ProcessEnv {
    const file = path.join(temporaryFolder(), "outputs.json");
    fs.writeFileSync(file, JSON.stringify(outputs));
    return {
      ...process.env,
      PYTHONPATH: installed,
      PYTHONDONTWRITEBYTECODE: "1",
      PADDOCK_API_URL: String(outputs.apiUrl),
      PADDOCK_OUTPUTS: file,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      AWS_SESSION_TOKEN: "",
      AWS_ENDPOINT_URL_S3: String(outputs.s3Endpoint),
    };
  }

  async function start(stack: string): Promise<NodeJS.ProcessEnv> {
    const cloud = await startProject({ stack });
    clouds.push(cloud);
    return environmentOf(cloud);
  }

  it("is installed by pip with its types", () => {
    assert.ok(fs.existsSync(path.join(installed, "paddock/py.typed")));
  });

  it("satisfies the type checker, its tests included", async () => {
    const env = { ...process.env, MYPYPATH: "src" };
    const args = ["-m", "mypy", "--strict", "--cache-dir", temporaryFolder(), "src", "tests"];
    const { stdout } = await run(python, args, { cwd: CLIENT, env });
    assert.match(stdout, /no issues found/);
  });

  for (const stack of ["dev", "prod"]) {
    it(`passes its own tests against the stack ${stack}`, async () => {
      const env = await start(stack);
      const args = [
        "-W",
        "error::ResourceWarning",
        "-m",
        "unittest",
        "discover",
        "--start-directory",
        "tests",
      ];
      const { stderr } = await run(python, args, { cwd: CLIENT, env });
      assert.match(stderr, /Ran \d+ tests[\s\S]*^OK$/m);
    });
  }

  describe("has a notebook that runs top to bottom:", () => {
    let env: NodeJS.ProcessEnv;
    before(() => {
      const [dev] = clouds;
      assert.ok(dev);
      env = environmentOf(dev);
    });

    async function cellsOf(name: string): Promise<Cell[]> {
      const notebook = path.join(CLIENT, "notebooks", name);
      const { outputs } = JSON.parse(fs.readFileSync(notebook, "utf8")).cells.at(-1);
      assert.deepEqual(outputs, [], `${name} is committed without outputs`);
      const { stdout } = await run(python, [path.join(CLIENT, "tests/run_notebook.py"), notebook], {
        env,
        maxBuffer: 16 * 1024 ** 2,
      });
      return JSON.parse(stdout);
    }
    const cell = (cells: readonly Cell[], source: string) => {
      const found = cells.find((each) => each.source.includes(source));
      assert.ok(found, source);
      return found;
    };

    it("the smoke tutorial's shows the mask", async () => {
      const cells = await cellsOf("smoke-segmentation.ipynb");
      assert.ok(cell(cells, "visualize(scene, smoke)").types.includes("image/png"));
      assert.equal(cell(cells, 'print(f"{smoke.shape}').text, "(96, 96), smoke in 30.3% of the pixels\n");
      assert.equal(cell(cells, "iou").text, "IoU 0.93\n");
    });

    it("that of the other endpoints shows their answers", async () => {
      const cells = await cellsOf("endpoints.ipynb");
      assert.match(cell(cells, '"pw": 2.3').text, /'species': 'virginica'/);
      assert.match(cell(cells, "except EndpointError").text, /^400 .*'path': 'sl'/);
      assert.match(cell(cells, '"breast-cancer"').text, /'prediction': 0/);
      assert.ok(cell(cells, "breed").types.includes("image/png"));
      assert.match(cell(cells, "detections").text, /^Unicorn validated/);
      assert.match(cell(cells, "v2/models").text, /'label': \['virginica', 'setosa'\]/);
    });
  });
});
