import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { ArchiveValue, Declaration, Declared } from "@paddock/local/program";
import { readCard } from "../../infra/readCard";
import { declareStack, declareWith, evaluateStack, find } from "../helpers/program/declareStack";

const FUNCTION = "aws:lambda/function:Function";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const PERMISSION = "aws:lambda/permission:Permission";
const sizeOf = ({ inputs }: Declared) => fs.statSync((inputs.code as ArchiveValue).archive).size;

describe("the stack", () => {
  let dev: Declaration;
  before(async () => {
    dev = await declareStack();
  });

  /** Type and name of the children of a component, in the order of their names. */
  const childrenOf = (declaration: Declaration, type: string, name: string) => {
    const { urn } = find(declaration, type, name);
    return declaration.resources
      .filter(({ parent }) => parent === urn)
      .map(({ type, name }) => `${type.split(":").pop()} ${name}`)
      .sort();
  };

  it("is evaluated to the same resources and archives each time", async () => {
    const again = await evaluateStack();
    const sorted = ({ resources }: Declaration) => [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    assert.deepEqual(sorted(again), sorted(dev));
  });

  it("tells functions that load models from S3, and whoever pushes them, how large a model may be", () => {
    const limits = dev.outputs.modelLimits as Record<string, number>;
    assert.deepEqual(Object.keys(limits), ["pricing", "open-inference"]);
    for (const [name, limit] of Object.entries(limits)) {
      const { environment } = find(dev, FUNCTION, name).inputs as {
        environment: { variables: Record<string, string> };
      };
      assert.equal(Number(environment.variables.MODEL_CACHE_MB) * 1024 * 1024, limit);
    }
  });

  it("makes an endpoint of a function, its role, its log group, an alias and a function URL", () => {
    assert.deepEqual(childrenOf(dev, "paddock:index:Endpoint", "iris"), [
      "FunctionUrl iris",
      "InferenceFunction iris",
    ]);
    assert.deepEqual(childrenOf(dev, "paddock:index:InferenceFunction", "iris"), [
      "Alias iris",
      "Function iris",
      "LogGroup iris",
      "Role iris",
      "RolePolicy iris",
    ]);
  });

  it("names every child after its component and gives it a parent", () => {
    const byUrn = new Map(dev.resources.map((resource) => [resource.urn, resource]));
    const strays = dev.resources.filter(({ name, parent, type }) => {
      const owner = parent && byUrn.get(parent);
      if (type === "pulumi:pulumi:Stack") return false;
      if (!owner) return true;
      // Those of a custom resource are awsx', which names a NAT gateway after the VPC alone.
      if (owner.custom) return false;
      return owner.type !== "pulumi:pulumi:Stack" && !name.startsWith(owner.name);
    });
    assert.deepEqual(
      strays.map(({ urn }) => urn),
      [],
    );
  });

  it("gives a function the newest runtime, its settings, telemetry off and a published version", () => {
    const { inputs } = find(dev, FUNCTION, "iris");
    const { code, role, layers, name, ...rest } = inputs;
    assert.deepEqual(rest, {
      architectures: ["arm64"],
      description: "Iris species",
      environment: {
        variables: { CORS_ORIGINS: "*", MODEL_FILE: "model/model.onnx", ORT_DISABLE_TELEMETRY: "1" },
      },
      handler: "index.handler",
      loggingConfig: { logFormat: "JSON", logGroup: find(dev, LOG_GROUP, "iris").inputs.name },
      memorySize: 1024,
      publish: true,
      runtime: "nodejs24.x",
      tags: { project: "paddock", stack: "dev" },
      timeout: 29,
      tracingConfig: { mode: "Active" },
    });
    assert.match(String(role), /role\/iris-/);
    assert.deepEqual(layers, [find(dev, "aws:lambda/layerVersion:LayerVersion", "onnxruntime").outputs.arn]);
  });

  it("lets a function do no more than write its own logs and traces", () => {
    const { inputs } = find(dev, "aws:iam/rolePolicy:RolePolicy", "iris");
    assert.deepEqual(JSON.parse(String(inputs.policy)).Statement, [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [
          `arn:aws:logs:us-east-1:123456789012:log-group:${find(dev, LOG_GROUP, "iris").inputs.name}:*`,
        ],
      },
      { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: ["*"] },
    ]);
  });

  it("has a function wait for its role's policy", () => {
    const { dependencies } = find(dev, FUNCTION, "iris");
    assert.ok(dependencies.includes(find(dev, "aws:iam/rolePolicy:RolePolicy", "iris").urn));
  });

  it("keeps logs where the service does not make the group again, for as long as the setting says", () => {
    for (const { inputs, name } of dev.resources.filter(({ type }) => type === LOG_GROUP)) {
      assert.match(String(inputs.name), new RegExp(`^/paddock/dev/${name}-[0-9a-f]{7}$`));
      assert.equal(inputs.retentionInDays, 7);
    }
  });

  it("opens a public function URL by both permissions, on the alias", () => {
    const url = find(dev, "aws:lambda/functionUrl:FunctionUrl", "iris").inputs;
    assert.deepEqual([url.authorizationType, url.qualifier], ["NONE", "live"]);
    const [urlPermission, functionPermission] = ["iris-invoke-url", "iris-invoke-function"].map((name) => {
      const { statementId, function: fn, ...rest } = find(dev, PERMISSION, name).inputs;
      return rest;
    });
    assert.deepEqual(urlPermission, {
      action: "lambda:InvokeFunctionUrl",
      functionUrlAuthType: "NONE",
      principal: "*",
      qualifier: "live",
    });
    assert.deepEqual(functionPermission, {
      action: "lambda:InvokeFunction",
      invokedViaFunctionUrl: true,
      principal: "*",
      qualifier: "live",
    });
  });

  it("opens nothing to everyone where requests must be signed", async () => {
    const signed = await declareWith({ functionUrlAuth: "AWS_IAM", apiAuth: "AWS_IAM" });
    const everyone = signed.resources.filter(({ inputs }) => inputs.principal === "*");
    assert.deepEqual(everyone, []);
    assert.equal(find(signed, "aws:apigateway/method:Method", "api-iris").inputs.authorization, "AWS_IAM");
    assert.equal(
      find(signed, "aws:apigateway/method:Method", "api-iris-options").inputs.authorization,
      "NONE",
    );
  });

  it("publishes the REST API behind all its routes, again when and only when they change", async () => {
    const deployment = (declaration: Declaration) =>
      find(declaration, "aws:apigateway/deployment:Deployment", "api");
    const parts = dev.resources.filter(({ type }) => /:(Method|Integration|Response)$/.test(type));
    assert.ok(parts.length >= 4, `${parts.length} parts`);
    assert.deepEqual(
      parts.filter(({ urn }) => !deployment(dev).dependencies.includes(urn)),
      [],
    );
    const { triggers } = deployment(dev).inputs;
    assert.deepEqual(deployment(await declareWith({ memorySize: "512" })).inputs.triggers, triggers);
    assert.notDeepEqual(deployment(await declareWith({ apiAuth: "AWS_IAM" })).inputs.triggers, triggers);
  });

  it("throttles the stage and writes access logs where the setting says so", async () => {
    const { settings } = find(dev, "aws:apigateway/methodSettings:MethodSettings", "api").inputs as {
      settings: Record<string, unknown>;
    };
    assert.deepEqual([settings.throttlingRateLimit, settings.throttlingBurstLimit], [100, 200]);
    assert.equal(find(dev, "aws:apigateway/stage:Stage", "api").inputs.accessLogSettings, undefined);
    const logged = await declareWith({ accessLogs: "on-with-account-role" });
    const stage = find(logged, "aws:apigateway/stage:Stage", "api");
    assert.match(
      (stage.inputs.accessLogSettings as { destinationArn: string }).destinationArn,
      /log-group:\/paddock\/dev\/api-[0-9a-f]{7}-access$/,
    );
    const { format } = stage.inputs.accessLogSettings as { format: string };
    for (const variable of ["identity.userArn", "error.message", "extendedRequestId"]) {
      assert.ok(Object.values(JSON.parse(format)).includes(`$context.${variable}`), variable);
    }
    assert.ok(stage.dependencies.includes(find(logged, "aws:apigateway/account:Account", "api-account").urn));
  });

  it("protects in production what holds data, and keeps the logs; elsewhere neither", async () => {
    const named = (resources: readonly Declared[]) =>
      resources.map(({ type, name }) => `${type.split(":").pop()} ${name}`).sort();
    const { resources } = await declareStack({}, "prod");
    assert.deepEqual(named(resources.filter(({ protect }) => protect)), [
      "Bucket failures",
      "Bucket models",
      "FileSystem model-volume",
      "RestApi api",
    ]);
    const kept = resources.filter(({ name, retainOnDelete }) => retainOnDelete && name !== "api-account");
    assert.deepEqual(named(kept), named(resources.filter(({ type }) => type === LOG_GROUP)));
    assert.deepEqual(
      named(dev.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete)),
      [],
    );
  });

  it("has AWS delete with its owner what goes with it, and nothing that would hold the owner up", () => {
    const byUrn = new Map(dev.resources.map((resource) => [resource.urn, resource]));
    const short = (type = "") => type.split(":").pop();
    const pairs = dev.resources.flatMap(({ type, deletedWith }) =>
      deletedWith ? `${short(byUrn.get(deletedWith)?.type)}: ${short(type)}` : [],
    );
    assert.deepEqual([...new Set(pairs)].sort(), [
      "Bucket: BucketCorsConfiguration",
      "Bucket: BucketLifecycleConfiguration",
      "Bucket: BucketOwnershipControls",
      "Bucket: BucketPolicy",
      "Bucket: BucketPublicAccessBlock",
      "Bucket: BucketServerSideEncryptionConfiguration",
      "Bucket: BucketVersioning",
      "FileSystem: BackupPolicy",
      "FileSystem: FileSystemPolicy",
      "Function: Alias",
      "Function: FunctionEventInvokeConfig",
      "Function: FunctionRecursionConfig",
      "Function: FunctionUrl",
      "Function: Permission",
      "RestApi: Deployment",
      "RestApi: Integration",
      "RestApi: Method",
      "RestApi: MethodSettings",
      "RestApi: Resource",
      "RestApi: Response",
      "RestApi: Stage",
    ]);
  });

  it("packs ONNX Runtime for the one platform its functions run on", async () => {
    const layer = (declaration: Declaration) =>
      find(declaration, "aws:lambda/layerVersion:LayerVersion", "onnxruntime");
    const x86 = await declareWith({ architecture: "x86_64" });
    assert.deepEqual(layer(dev).inputs.compatibleArchitectures, ["arm64"]);
    assert.deepEqual(layer(x86).inputs.compatibleArchitectures, ["x86_64"]);
    assert.ok(sizeOf(layer(dev)) < sizeOf(layer(x86)), "arm64 is the smaller");
    assert.ok(sizeOf(layer(x86)) < 50 * 1024 * 1024);
  });

  it("has every output of the contract, and knows all of them", () => {
    for (const name of ["apiUrl", "irisUrl", "breastCancerUrl"])
      assert.match(String(dev.outputs[name]), /^https:/);
    assert.match(String(dev.outputs.apiUrl), /\/prod$/);
    assert.match(String(dev.outputs.irisUrl), /\/$/);
    const endpoints = dev.resources
      .filter(({ type }) => type === "paddock:index:Endpoint")
      .map(({ name }) => name);
    assert.deepEqual(Object.keys(dev.outputs.examples as object).sort(), endpoints.sort());
    assert.deepEqual(Object.keys(dev.outputs.functionNames as object).sort(), endpoints);
    assert.doesNotMatch(JSON.stringify(dev.outputs), /undefined|null/);
  });

  it("has outputs that fit a terminal: a long body is in a file, which its command line names", () => {
    const examples = dev.outputs.examples as Record<string, string>;
    for (const line of Object.values(examples)) assert.ok(line.length < 400, line);
    const [, file] = /-d @(\S+)/.exec(String(examples["image-validation"])) ?? [];
    assert.deepEqual(
      JSON.parse(fs.readFileSync(path.resolve(__dirname, "../..", String(file)), "utf8")),
      readCard(path.resolve(__dirname, "../../functions/image-validation")).samples[0].request,
    );
  });

  it("declares an endpoint for every folder in functions/ that answers requests", () => {
    const folders = fs
      .readdirSync(path.resolve(__dirname, "../../functions"))
      .filter((name) => fs.existsSync(path.resolve(__dirname, "../../functions", name, "model/card.json")))
      .filter((name) => fs.existsSync(path.resolve(__dirname, "../../functions", name, "index.ts")));
    const endpoints = dev.resources
      .filter(({ type }) => type === "paddock:index:Endpoint")
      .map(({ name }) => name);
    assert.deepEqual(endpoints.sort(), folders.sort());
  });
});
