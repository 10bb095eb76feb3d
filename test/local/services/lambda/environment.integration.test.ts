import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { zipFunction } from "../../../helpers/services/zipFunction";

const PRINT_ENVIRONMENT = "exports.handler = async () => process.env";

describe("a function's environment", () => {
  let lambda: TemporaryLambda;
  before(() => {
    lambda = temporaryLambda({
      endpoints: () => ({ AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" }),
      credentials: (role) => ({
        accessKeyId: `key of ${role}`,
        secretAccessKey: "secret",
        sessionToken: "token",
      }),
      fileSystems: { checkMount: () => {}, folderOf: () => path.join(lambda.dataDir, "volume") },
    });
  });
  after(() => lambda.close());

  it("is what is declared, Lambda's own variables and the listed local ones, and nothing of the host's", async () => {
    process.env.OF_THE_HOST = "1";
    await lambda.deploy("environment", PRINT_ENVIRONMENT, {
      environment: { MODEL: "iris" },
      logFormat: "JSON",
      applicationLogLevel: "WARN",
    });
    const environment = (await lambda.call("environment")) as Record<string, string>;
    assert.deepEqual(Object.keys(environment).sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_DEFAULT_REGION",
      "AWS_ENDPOINT_URL_S3",
      "AWS_EXECUTION_ENV",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE",
      "AWS_LAMBDA_LOG_FORMAT",
      "AWS_LAMBDA_LOG_GROUP_NAME",
      "AWS_LAMBDA_LOG_LEVEL",
      "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_LAMBDA_RUNTIME_API",
      "AWS_REGION",
      "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "AWS_XRAY_CONTEXT_MISSING",
      "AWS_XRAY_DAEMON_ADDRESS",
      "LAMBDA_RUNTIME_DIR",
      "LAMBDA_TASK_ROOT",
      "LANG",
      "LD_LIBRARY_PATH",
      "MODEL",
      "NODE_PATH",
      "PADDOCK_FETCH_LOOPBACK",
      "PATH",
      "TMPDIR",
      "TZ",
      "_AWS_XRAY_DAEMON_ADDRESS",
      "_AWS_XRAY_DAEMON_PORT",
      "_HANDLER",
      "_X_AMZN_TRACE_ID",
    ]);
    const { MODEL, AWS_REGION, AWS_EXECUTION_ENV, AWS_LAMBDA_INITIALIZATION_TYPE, TZ, AWS_ACCESS_KEY_ID } =
      environment;
    assert.deepEqual(
      { MODEL, AWS_REGION, AWS_EXECUTION_ENV, AWS_LAMBDA_INITIALIZATION_TYPE, TZ, AWS_ACCESS_KEY_ID },
      {
        MODEL: "iris",
        AWS_REGION: "eu-west-1",
        AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
        TZ: ":UTC",
        AWS_ACCESS_KEY_ID: "key of arn:aws:iam::123456789012:role/test",
      },
    );
  });

  it("has the folder of the function's file system where a value begins with its mount path", async () => {
    await lambda.deploy("mounted", PRINT_ENVIRONMENT, {
      fileSystem: {
        arn: "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1",
        localMountPath: "/mnt/models",
        subnetIds: [],
      },
      environment: {
        MODELS_DIR: "/mnt/models",
        MODEL: "/mnt/models/yolo/model.onnx",
        OTHER: "/mnt/models-of-others",
        WITHIN: "path=/mnt/models",
      },
    });
    const { MODELS_DIR, MODEL, OTHER, WITHIN } = (await lambda.call("mounted")) as Record<string, string>;
    assert.deepEqual(
      { MODELS_DIR, MODEL, OTHER, WITHIN },
      {
        MODELS_DIR: path.join(lambda.dataDir, "volume"),
        MODEL: path.join(lambda.dataDir, "volume/yolo/model.onnx"),
        OTHER: "/mnt/models-of-others",
        WITHIN: "path=/mnt/models",
      },
    );
  });

  it("gives each instance a /tmp of its own, which ends with it", async () => {
    await lambda.deploy("temporary", "exports.handler = async () => require('node:os').tmpdir()");
    const folder = (await lambda.call("temporary")) as string;
    assert.ok(folder.startsWith(path.join(lambda.dataDir, "tmp")), folder);
  });

  it("finds modules of its layers, the later layer over the earlier", async () => {
    const layer = async (name: string, files: Record<string, string>) => {
      const archive = await zipFunction(path.join(lambda.dataDir, `${name}.zip`), files);
      return (await lambda.service.putLayer(name, { archive })).arn;
    };
    const first = await layer("first", {
      "nodejs/node_modules/a/index.js": "module.exports = 'a of first'",
      "nodejs/node_modules/b/index.js": "module.exports = 'b of first'",
    });
    const second = await layer("second", {
      "nodejs/node_modules/a/index.js": "module.exports = 'a of second'",
      "nodejs/node22/node_modules/c/index.js": "module.exports = 'c of second'",
    });
    const source = "exports.handler = async () => [require('a'), require('b'), require('c')]";
    await lambda.deploy("layered", source, { layers: [first, second] });
    assert.deepEqual(await lambda.call("layered"), ["a of second", "b of first", "c of second"]);
    await lambda.deploy("first", "exports.handler = async () => require('a')", { layers: [first] });
    assert.equal(await lambda.call("first"), "a of first");
  });

  it("rejects a layer version that does not exist by its ARN", async () => {
    const missing = "arn:aws:lambda:eu-west-1:123456789012:layer:nix:1";
    await assert.rejects(lambda.deploy("layerless", PRINT_ENVIRONMENT, { layers: [missing] }), {
      message: `the layer version ${missing} does not exist in the local cloud`,
    });
  });

  it("begins in the task root, whose files it cannot change", async () => {
    await lambda.deploy("rooted", {
      "index.js":
        "const fs = require('node:fs'); exports.handler = async () => [process.cwd() === process.env.LAMBDA_TASK_ROOT, (fs.statSync('data.txt').mode & 0o777).toString(8)]",
      "data.txt": "1",
    });
    assert.deepEqual(await lambda.call("rooted"), [true, "444"]);
  });

  it("may do with a file only what the archive lets others do, as on Lambda", async () => {
    await lambda.deploy("modes", {
      "index.js": `exports.handler = async () =>
        ["secret.txt", "run.sh"].map((file) => (require("node:fs").statSync(file).mode & 0o777).toString(8))`,
      "secret.txt": { content: "x", mode: 0o100600 },
      "run.sh": { content: "x", mode: 0o100755 },
    });
    assert.deepEqual(await lambda.call("modes"), ["0", "555"]);
  });

  it("runs a function from a folder as from a zip file", async () => {
    const folder = path.join(lambda.dataDir, "folder");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "index.js"), "exports.handler = async () => 'from a folder'");
    const version = lambda.service.getFunction("environment");
    await lambda.service.putFunction({
      ...version.configuration,
      functionName: "folder",
      code: { archive: folder },
    });
    assert.equal(await lambda.call("folder"), "from a folder");
  });
});
