import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Cloud } from "../../../../local/cloud/cloud";
import { type LiveResources, reconcile } from "../../../../local/cloud/reconcile";
import { resourceTypeOf } from "../../../../local/cloud/resourceTypes";
import type { Properties } from "../../../../local/resources/value";
import { freePorts } from "../../../helpers/cloud/freePorts";
import { rawRequest } from "../../../helpers/http/rawRequest";
import { declared, onAws } from "../../../helpers/program/declared";
import { type TemporaryGateway, temporaryGateway } from "../../../helpers/services/temporaryGateway";
import { temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { zipFunction } from "../../../helpers/services/zipFunction";

const FUNCTION_TYPE = "aws:lambda/function:Function";
const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:f";
const invokeArn = (of: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${of}/invocations`;

describe("Lambda's resource types", () => {
  let lambda: TemporaryGateway;
  let archive: string;
  let live: LiveResources;
  before(async () => {
    lambda = await temporaryGateway();
    archive = await zipFunction(path.join(lambda.dataDir, "f.zip"), {
      "index.js":
        "exports.handler = async (event) => { if (event.fail) throw new RangeError(event.fail); return { event } }",
    });
  });
  beforeEach(() => {
    live = new Map();
  });
  after(() => lambda.close());

  const functionInputs = (more: Properties = {}): Properties => ({
    name: "f",
    role: "arn:aws:iam::123456789012:role/f",
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: { archive },
    ...more,
  });
  const deploy = (...resources: ReturnType<typeof declared>[]) => reconcile(resources, live, lambda.cloud);

  it("give a function AWS's defaults, ARNs and hashes", () => {
    const sha256 = hash("sha256", readFileSync(archive), "base64");
    assert.deepEqual(declared(FUNCTION_TYPE, "f", functionInputs({ publish: true })).outputs, {
      ...functionInputs({ publish: true }),
      id: "f",
      region: "eu-west-1",
      arn: ARN,
      qualifiedArn: `${ARN}:1`,
      invokeArn: invokeArn(ARN),
      qualifiedInvokeArn: invokeArn(`${ARN}:1`),
      responseStreamingInvokeArn: `arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/${ARN}/response-streaming-invocations`,
      version: "1",
      architectures: ["x86_64"],
      ephemeralStorage: { size: 512 },
      loggingConfig: { logFormat: "Text", logGroup: "/aws/lambda/f" },
      memorySize: 128,
      packageType: "Zip",
      reservedConcurrentExecutions: -1,
      timeout: 3,
      tracingConfig: { mode: "PassThrough" },
      sourceCodeHash: sha256,
      codeSha256: sha256,
      sourceCodeSize: readFileSync(archive).length,
      lastModified: "1970-01-01T00:00:00.000+0000",
      signingJobArn: "",
      signingProfileVersionArn: "",
      tagsAll: {},
    });
  });

  it("give a function that is not published the version $LATEST", () => {
    const { version, qualifiedArn } = declared(FUNCTION_TYPE, "f", functionInputs()).outputs;
    assert.deepEqual([version, qualifiedArn], ["$LATEST", `${ARN}:$LATEST`]);
  });

  it("give alias, layer, URL and permission AWS's ids and ARNs", () => {
    const alias = declared("aws:lambda/alias:Alias", "a", {
      name: "live",
      functionName: ARN,
      functionVersion: "1",
    });
    const layer = declared("aws:lambda/layerVersion:LayerVersion", "l", {
      layerName: "onnx",
      code: { archive },
    });
    const url = declared("aws:lambda/functionUrl:FunctionUrl", "u", {
      functionName: "f",
      qualifier: "live",
      authorizationType: "NONE",
    });
    const permission = declared("aws:lambda/permission:Permission", "p", {
      function: "f",
      action: "lambda:InvokeFunction",
      principal: "*",
    });
    assert.deepEqual(
      {
        alias: [alias.outputs.id, alias.outputs.arn, alias.outputs.invokeArn],
        layer: [layer.outputs.id, layer.outputs.layerArn, layer.outputs.version],
        url: [
          url.outputs.id,
          url.outputs.functionArn,
          String(url.outputs.functionUrl).replace(/[0-9a-f]{32}/, "<id>"),
        ],
        permission: [permission.outputs.id, permission.outputs.statementId],
      },
      {
        alias: [`${ARN}:live`, `${ARN}:live`, invokeArn(`${ARN}:live`)],
        layer: [
          "arn:aws:lambda:eu-west-1:123456789012:layer:onnx:1",
          "arn:aws:lambda:eu-west-1:123456789012:layer:onnx",
          "1",
        ],
        url: ["f/live", `${ARN}:live`, "https://<id>.lambda-url.eu-west-1.on.aws/"],
        permission: ["p", "p"],
      },
    );
  });

  const rejections: [type: string, inputs: Properties, message: string][] = [
    [FUNCTION_TYPE, { memorySize: 127 }, "`memorySize` is 127; Lambda takes 128 to 10240 MB"],
    [FUNCTION_TYPE, { memorySize: 10_241 }, "`memorySize` is 10241; Lambda takes 128 to 10240 MB"],
    [FUNCTION_TYPE, { timeout: 901 }, "`timeout` is 901; Lambda takes 1 to 900 seconds"],
    [
      FUNCTION_TYPE,
      { ephemeralStorage: { size: 1 } },
      "`ephemeralStorage.size` is 1; Lambda takes 512 to 10240 MB",
    ],
    [FUNCTION_TYPE, { layers: ["1", "2", "3", "4", "5", "6"] }, "`layers` has 6 layers; Lambda takes 5"],
    [FUNCTION_TYPE, { architectures: ["arm"] }, "`architectures` must be one of arm64 and x86_64"],
    [FUNCTION_TYPE, { name: "a b" }, '`name` "a b" must be 1 to 64 letters, digits, hyphens and underscores'],
    [
      FUNCTION_TYPE,
      { runtime: "python3.13" },
      '`runtime` is "python3.13"; the local cloud runs Node.js functions (nodejs24.x)',
    ],
    [
      FUNCTION_TYPE,
      { packageType: "Image" },
      '`packageType` is "Image"; the local cloud runs functions from zip archives only',
    ],
    [
      FUNCTION_TYPE,
      { snapStart: { applyOn: "PublishedVersions" } },
      "`snapStart.applyOn` must be None: Lambda has no SnapStart for Node.js from zip archives",
    ],
    [FUNCTION_TYPE, { handler: undefined }, "a function from a zip archive needs `handler`"],
    [
      FUNCTION_TYPE,
      { code: undefined },
      "exactly one of `code` and `s3Bucket` says where the function's code is",
    ],
    [FUNCTION_TYPE, { code: undefined, s3Bucket: "b" }, "`s3Bucket` needs `s3Key`"],
    [
      FUNCTION_TYPE,
      { environment: { variables: { AWS_REGION: "x" } } },
      "`environment.variables.AWS_REGION` is a name that Lambda reserves; choose another",
    ],
    [
      FUNCTION_TYPE,
      { environment: { variables: { "A-B": "x" } } },
      '`environment.variables` has the name "A-B"; letters, digits and underscores only',
    ],
    [
      FUNCTION_TYPE,
      { environment: { variables: { AB: "x".repeat(4095) } } },
      "`environment.variables` has 4097 bytes; Lambda takes 4096 in all",
    ],
    [
      FUNCTION_TYPE,
      { fileSystemConfig: { arn: "a", localMountPath: "/models" } },
      '`fileSystemConfig.localMountPath` "/models" must be /mnt/ and one name',
    ],
    [
      FUNCTION_TYPE,
      { fileSystemConfig: { arn: "a", localMountPath: "/mnt/models" } },
      "`fileSystemConfig` needs `vpcConfig`: EFS is reached in its VPC",
    ],
    [
      FUNCTION_TYPE,
      { vpcConfig: { subnetIds: [], securityGroupIds: ["sg-1"] } },
      "`vpcConfig.subnetIds` is empty: a function in a VPC needs subnets and security groups",
    ],
    [
      FUNCTION_TYPE,
      { vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: [] } },
      "`vpcConfig.securityGroupIds` is empty: a function in a VPC needs subnets and security groups",
    ],
    [
      FUNCTION_TYPE,
      { loggingConfig: { logFormat: "Text", applicationLogLevel: "WARN" } },
      '`loggingConfig.applicationLogLevel` needs `logFormat: "JSON"`',
    ],
    [
      "aws:lambda/alias:Alias",
      { name: "12" },
      '`name` "12" must be letters, digits, hyphens and underscores, and not a number',
    ],
    [
      "aws:lambda/permission:Permission",
      { action: "lambda:InvokeFunction", functionUrlAuthType: "NONE" },
      "`functionUrlAuthType` is a condition of the action lambda:InvokeFunctionUrl only",
    ],
    [
      "aws:lambda/permission:Permission",
      { action: "lambda:InvokeFunctionUrl", invokedViaFunctionUrl: true },
      "`invokedViaFunctionUrl` is a condition of the action lambda:InvokeFunction only",
    ],
    [
      "aws:lambda/functionUrl:FunctionUrl",
      { authorizationType: "OPEN" },
      '`authorizationType` is "OPEN"; Lambda takes NONE and AWS_IAM',
    ],
    [
      "aws:lambda/functionUrl:FunctionUrl",
      { cors: { allowMethods: ["OPTIONS"] } },
      '`cors.allowMethods` has "OPTIONS"; Lambda takes *, GET, PUT, POST, DELETE, HEAD and PATCH',
    ],
    ["aws:lambda/invocation:Invocation", { input: "{" }, "`input` must be JSON"],
    [
      "aws:lambda/invocation:Invocation",
      { input: "{}", lifecycleScope: "CRUD" },
      "`lifecycleScope` must be CREATE_ONLY, the default: the local cloud invokes a function only when the resource is created",
    ],
    [
      "aws:lambda/alias:Alias",
      { routingConfig: { additionalVersionWeights: { "2": 1.5 } } },
      "`routingConfig.additionalVersionWeights` gives version 2 1.5; Lambda takes 0 to 1",
    ],
    [
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
      { qualifier: "$LATEST" },
      "`qualifier` must be a version or alias: Lambda provisions nothing for $LATEST",
    ],
    [
      "aws:lambda/functionRecursionConfig:FunctionRecursionConfig",
      { recursiveLoop: "Stop" },
      '`recursiveLoop` is "Stop"; it must be Allow or Terminate',
    ],
    [
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      { maximumRetryAttempts: 3 },
      "`maximumRetryAttempts` must be 0, 1 or 2",
    ],
    ...(
      [
        [
          "onFailure",
          "arn:aws:sqs:eu-west-1:123456789012:q",
          "is in SQS, and the local cloud sends records to S3 buckets only",
        ],
        [
          "onFailure",
          "arn:aws:sns:eu-west-1:123456789012:t",
          "is in SNS, and the local cloud sends records to S3 buckets only",
        ],
        [
          "onFailure",
          "arn:aws:lambda:eu-west-1:123456789012:function:f",
          "is in Lambda, and the local cloud sends records to S3 buckets only",
        ],
        [
          "onSuccess",
          "arn:aws:events:eu-west-1:123456789012:event-bus/b",
          "is in EventBridge, and the local cloud sends records to S3 buckets only",
        ],
        [
          "onSuccess",
          "arn:aws:s3:::bucket",
          "is an S3 bucket, to which Lambda sends records of failures only",
        ],
        [
          "onFailure",
          "arn:aws:constructor:eu-west-1:123456789012:x",
          '"arn:aws:constructor:eu-west-1:123456789012:x" must be the ARN of an SQS queue, SNS topic, S3 bucket, Lambda function or event bus',
        ],
        [
          "onFailure",
          "arn:aws:s3:::bucket/failures/*",
          '"arn:aws:s3:::bucket/failures/*" must be the ARN of an SQS queue, SNS topic, S3 bucket, Lambda function or event bus',
        ],
      ] as const
    ).map(([property, destination, message]): [string, Properties, string] => [
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      { destinationConfig: { [property]: { destination } } },
      `\`destinationConfig.${property}.destination\` ${message}`,
    ]),
  ];
  for (const [type, inputs, message] of rejections) {
    it(`reject what AWS would: ${message}`, () => {
      const all = type === FUNCTION_TYPE ? functionInputs(inputs) : inputs;
      assert.throws(() => resourceTypeOf(type, "x").check?.(all, "x"), { message });
    });
  }

  it("reject an archive that is too large for a request, and take one of just the size", () => {
    const large = path.join(lambda.dataDir, "large.zip");
    const of = (bytes: number) => {
      writeFileSync(large, "");
      truncateSync(large, bytes);
      return [FUNCTION_TYPE, "aws:lambda/layerVersion:LayerVersion"].map((type) => () => {
        resourceTypeOf(type, "x").check?.(functionInputs({ code: { archive: large } }), "x");
      });
    };
    const message =
      "`code` has 50.1 MB zipped; Lambda takes 50 MB in a request: name an object by `s3Bucket` and `s3Key`";
    for (const check of of(50 * 2 ** 20 + 1)) assert.throws(check, { message });
    for (const check of of(50 * 2 ** 20)) check();
  });

  it("take an unknown value as it is, as in a preview", () => {
    const unknown = functionInputs({ memorySize: undefined, environment: undefined, role: undefined });
    assert.equal(resourceTypeOf(FUNCTION_TYPE, "f").check?.(unknown, "f"), undefined);
  });

  it("make what a program declares: a function behind an alias and a URL", async () => {
    const address = `http://127.0.0.1:${await freePorts()}`;
    const place = { ...onAws, address: () => address };
    const everyone = { function: "f", qualifier: "live", principal: "*" };
    const url = { functionName: "f", qualifier: "live", authorizationType: "NONE" };
    const resources = [
      declared(FUNCTION_TYPE, "f", functionInputs({ publish: true })),
      declared("aws:lambda/alias:Alias", "live", { name: "live", functionName: "f", functionVersion: "1" }),
      declared("aws:lambda/functionUrl:FunctionUrl", "url", url, place),
      declared("aws:lambda/permission:Permission", "url", {
        ...everyone,
        action: "lambda:InvokeFunctionUrl",
        functionUrlAuthType: "NONE",
      }),
      declared("aws:lambda/permission:Permission", "invoke", {
        ...everyone,
        action: "lambda:InvokeFunction",
        invokedViaFunctionUrl: true,
      }),
    ];
    await deploy(...resources);
    const { status, body } = await rawRequest(`${address}/a`);
    assert.deepEqual([status, JSON.parse(body.toString()).event.rawPath], [200, "/a"]);
    await assert.rejects(deploy(...resources.slice(0, 4)), {
      message:
        'aws:lambda/functionUrl:FunctionUrl "url": every caller would get 403: the public URL has no permission for lambda:InvokeFunction on qualifier live',
    });
    assert.equal((await rawRequest(`${address}/a`)).status, 200);
    await deploy();
    await assert.rejects(rawRequest(`${address}/a`), { code: "ECONNREFUSED" });
  });

  it("take a function's archive from the version of an S3 object that it names", async () => {
    const asked: unknown[] = [];
    const withObjects = temporaryLambda({
      readObject: async (object) => {
        asked.push(object);
        return readFileSync(archive);
      },
    });
    const s3 = { s3Bucket: "b", s3Key: "f.zip", s3ObjectVersion: "v1" };
    const f = declared(FUNCTION_TYPE, "f", functionInputs({ code: undefined, ...s3 }));
    try {
      await reconcile([f], new Map(), { lambda: withObjects.service } as Cloud);
      assert.deepEqual([asked, await withObjects.call("f", {})], [[s3], { event: {} }]);
    } finally {
      await withObjects.close();
    }
  });

  it("keep a function that is deleted with `skipDestroy`", async () => {
    await deploy(declared(FUNCTION_TYPE, "f", functionInputs({ name: "kept", skipDestroy: true })));
    await deploy();
    assert.deepEqual(await lambda.call("kept", { a: 1 }), { event: { a: 1 } });
    await lambda.service.deleteFunction("kept");
  });

  it("give a function in a VPC that VPC's id", async () => {
    const inVpc = temporaryLambda({ vpcOf: (subnetId) => (subnetId === "subnet-1" ? "vpc-1" : undefined) });
    const vpcConfig = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const live: LiveResources = new Map();
    try {
      await reconcile([declared(FUNCTION_TYPE, "f", functionInputs({ vpcConfig }))], live, {
        lambda: inVpc.service,
      } as Cloud);
      assert.deepEqual([...live.values()][0]?.outputs.vpcConfig, { ...vpcConfig, vpcId: "vpc-1" });
    } finally {
      await inVpc.close();
    }
  });

  it("invoke a function while the stack is made, and fail with its own words", async () => {
    const invocation = (input: string) =>
      declared("aws:lambda/invocation:Invocation", "sync", { functionName: "f", input });
    const f = declared(FUNCTION_TYPE, "f", functionInputs());
    await deploy(f, invocation('{"model":"yolo"}'));
    assert.deepEqual([...live.values()].at(-1)?.outputs.result, '{"event":{"model":"yolo"}}');
    await assert.rejects(deploy(f, invocation('{"fail":"no model"}')), {
      message: 'aws:lambda/invocation:Invocation "sync": the function f failed: RangeError: no model',
    });
  });
});
