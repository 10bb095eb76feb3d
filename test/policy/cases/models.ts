import path from "node:path";
import type { Declared } from "@paddock/local/program";
import * as pulumi from "@pulumi/pulumi";
import type { PropertiesOf } from "../../../policy/lib/resourceTypes";
import { lambdaModelCard } from "../../../policy/rules/lambda/modelCard";
import { lambdaModelMemory } from "../../../policy/rules/lambda/modelMemory";
import { lambdaModelPinned } from "../../../policy/rules/lambda/modelPinned";
import { lambdaModelTmp } from "../../../policy/rules/lambda/modelTmp";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const FUNCTIONS = path.resolve(__dirname, "../../../functions");
/** 7.8 MB. */
const DETECTOR = "image-validation/model/model.onnx";
/** 0.6 KB, unpacked 10 KB. */
const ARCHIVE = "pricing/model/breeds/arabian/model.tar.gz";

const FUNCTION = "aws:lambda/function:Function";
type FunctionInputs = Partial<PropertiesOf<typeof FUNCTION>>;

const onnxRuntime = { "nodejs/node_modules/native/onnxruntime_binding.node": "" };

function archive(files: Readonly<Record<string, string>>): never {
  const assets = Object.entries(files).map(([name, text]) => [name, new pulumi.asset.StringAsset(text)]);
  return new pulumi.asset.AssetArchive(Object.fromEntries(assets)) as never;
}

const layer = ruleResource("aws:lambda/layerVersion:LayerVersion", "onnxruntime", {
  code: archive(onnxRuntime),
});

/** A function with ONNX Runtime in a layer and `files` beside its handler. */
function packaged(files: Readonly<Record<string, string>>, inputs: FunctionInputs): Declared[] {
  const code = archive({ "index.js": "", ...files });
  return [
    layer,
    ruleResource(FUNCTION, "iris", { code, layers: ["arn"], ...inputs }, { to: { layers: layer } }),
  ];
}

function object(of: Declared, key: string, file: string): Declared {
  const source = new pulumi.asset.FileAsset(path.join(FUNCTIONS, file)) as never;
  return ruleResource(
    "aws:s3/bucketObjectv2:BucketObjectv2",
    key,
    { bucket: "models", key, source },
    { to: { bucket: of } },
  );
}

/** A function that may read some keys of a bucket with the objects given (files by key). */
function fromBucket(
  objects: Readonly<Record<string, string>>,
  readable: string,
  { environment, ...inputs }: FunctionInputs,
): Declared[] {
  const bucket = ruleResource("aws:s3/bucket:Bucket", "models", { bucket: "models" });
  const role = ruleResource("aws:iam/role:Role", "iris");
  const statement = {
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: [`arn:aws:s3:::models/${readable}`],
  };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const [, fn] = packaged({}, { environment: environment ?? { variables: { BUCKET: "models" } }, ...inputs });
  const to = { layers: [layer.urn], environment: [bucket.urn], role: [role.urn] };
  return [
    bucket,
    role,
    ruleResource("aws:iam/rolePolicy:RolePolicy", "iris", { policy }, { to: { role } }),
    layer,
    ...Object.entries(objects).map(([key, file]) => object(bucket, key, file)),
    { ...(fn as Declared), propertyDependencies: to },
  ];
}

/** A function that reads the detector on a file system, which is filled from the objects given (files by key). */
function fromVolume(objects: Readonly<Record<string, string>>, inputs: FunctionInputs): Declared[] {
  const bucket = ruleResource("aws:s3/bucket:Bucket", "models", { bucket: "models" });
  const variables = {
    MODEL_VOLUME: "/mnt/models",
    MODEL_PATH: "detector/model.onnx",
    MODEL_LABELS: "detector/labels",
  };
  return [
    bucket,
    ...Object.entries(objects).map(([key, file]) => object(bucket, key, file)),
    ...packaged(
      {},
      {
        environment: { variables },
        fileSystemConfig: { arn: "arn", localMountPath: "/mnt/models" },
        ...inputs,
      },
    ),
  ];
}

const ON_VOLUME = { "volume/detector/model.onnx": DETECTOR };

export const modelCases: readonly RuleCases[] = [
  {
    rule: lambdaModelMemory,
    passes: {
      "twice a packaged model, and what Node.js needs": packaged(
        { "model/a.onnx": "x".repeat(1024 * 1024) },
        { memorySize: 194 },
      ),
      "a model of a bucket": fromBucket({ "models/a.onnx": DETECTOR }, "models/*", { memorySize: 208 }),
      "a model of the bucket that its role may not read": fromBucket(
        { "volume/a.onnx": DETECTOR },
        "models/?.onnx",
        { memorySize: 192 },
      ),
      "a model on the file system": fromVolume(ON_VOLUME, { memorySize: 208 }),
      "another model on the file system": fromVolume({ "volume/other/model.onnx": DETECTOR }, {}),
      "what is no model on the file system": fromVolume({ "volume/detector/labels": DETECTOR }, {}),
      "weights beside the model": packaged({ "model/a.onnx.data": "x".repeat(1024 * 1024) }, {}),
      "a function that carries models and loads none": [
        ruleResource(FUNCTION, "sync", { code: archive({ "model/a.onnx": "x".repeat(1024 * 1024) }) }),
      ],
    },
    fails: {
      "less for a packaged model": {
        stack: packaged({ "model/a.onnx": "x".repeat(1024 * 1024) }, { memorySize: 193 }),
        says: ["iris: 193 MB for model/a.onnx (1.0 MB); allowed: at least 194 MB"],
      },
      "less for the largest model of a bucket": {
        stack: fromBucket({ "models/a.tar.gz": ARCHIVE, "models/b.onnx": DETECTOR }, "models/?.*", {
          memorySize: 207,
        }),
        says: ["iris: 207 MB for models/b.onnx (7.8 MB); allowed: at least 208 MB"],
      },
      "less for an archive as it is unpacked": {
        stack: fromBucket({ "models/a.tar.gz": ARCHIVE }, "*", { memorySize: 192 }),
        says: ["iris: 192 MB for models/a.tar.gz (10.0 KB); allowed: at least 193 MB"],
      },
      "less for a model on the file system": {
        stack: fromVolume(ON_VOLUME, {}),
        says: ["iris: 128 MB for volume/detector/model.onnx (7.8 MB); allowed: at least 208 MB"],
      },
    },
  },
  {
    rule: lambdaModelTmp,
    limits: { warnFrom: 0.01 },
    passes: {
      "room for the model": fromBucket({ "models/a.onnx": DETECTOR }, "*", {
        ephemeralStorage: { size: 1024 },
      }),
      "a model that is a file already": fromVolume(ON_VOLUME, { ephemeralStorage: { size: 5 } }),
    },
    fails: {
      "a model that does not fit": {
        stack: fromBucket({ "models/a.onnx": DETECTOR }, "*", { ephemeralStorage: { size: 7 } }),
        says: ["iris: 7 MB of /tmp for models/a.onnx (7.8 MB); allowed: at least 8 MB"],
      },
      "one that takes more than a share of the default, as a warning": {
        stack: fromBucket({ "models/a.onnx": DETECTOR }, "*", {}),
        says: ["(warning) iris: 512 MB of /tmp for models/a.onnx (7.8 MB); allowed: at least 8 MB"],
      },
    },
  },
  {
    rule: lambdaModelCard,
    passes: {
      "models that cards beside them list, in a bucket and on the file system": [
        ...fromBucket({ "models/a.onnx": DETECTOR, "models/b.tar.gz": ARCHIVE }, "*", {}),
        ...fromVolume(ON_VOLUME, {}),
      ],
    },
    fails: {
      "a model in the package that no card lists": {
        stack: packaged({ "model/a.onnx": "not of this project" }, {}),
        says: ["iris: model/a.onnx, which no card lists; allowed: models with a card"],
      },
      "a model in a bucket whose card names no license": {
        stack: fromBucket({ "models/a.onnx": "../test/fixtures/cards/unlicensed/model.onnx" }, "*", {}),
        says: ["iris: models/a.onnx, whose card names no license; allowed: models with a license"],
      },
    },
  },
  {
    rule: lambdaModelPinned,
    passes: {
      "a model in the package": packaged({ "model/a.onnx": "" }, {}),
      "a version in the environment": fromBucket({ "models/a.onnx": DETECTOR }, "*", {
        environment: { variables: { MODEL_PATH: "models/a.onnx", MODEL_VERSION_ID: "v1" } },
      }),
      "a model on the file system that its card describes": fromVolume(
        { ...ON_VOLUME, "volume/detector/card.json": "image-validation/model/card.json" },
        {},
      ),
    },
    fails: {
      "models by their keys": {
        stack: fromBucket({ "models/a.onnx": DETECTOR, "models/b.tar.gz": ARCHIVE }, "*", {}),
        says: [
          "iris: models/a.onnx by its key only; allowed: a version or a digest",
          "iris: models/b.tar.gz by its key only; allowed: a version or a digest",
        ],
      },
      "a model on the file system without a card": {
        stack: fromVolume(ON_VOLUME, {}),
        says: [
          "iris: volume/detector/model.onnx, which no card.json lists with its digest; allowed: the file's sha256 in its card.json",
        ],
      },
      "a model on the file system with another's card": {
        stack: fromVolume({ ...ON_VOLUME, "volume/detector/card.json": "iris/model/card.json" }, {}),
        says: [
          "iris: volume/detector/model.onnx, which no card.json lists with its digest; allowed: the file's sha256 in its card.json",
        ],
      },
    },
  },
];
