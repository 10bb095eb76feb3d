import { readFileSync } from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Card } from "../functions/shared/card";
import { checkEndpoint } from "./checkEndpoint";
import type { EndpointArgs } from "./endpointArgs";
import { exampleBody } from "./exampleBody";
import type { Route } from "./inferenceApi";
import { InferenceFunction } from "./inferenceFunction";
import { type ModelSource, resolveModel } from "./models/modelSource";
import { packageFunction } from "./packaging/packageFunction";
import { PROJECT_ROOT } from "./packaging/paths";
import type { ArchiveFiles } from "./packaging/writeArchive";
import { readCard } from "./readCard";
import { FunctionUrl } from "./triggers/functionUrl";

/**
 * A model that answers requests: the handler in `functions/<name>/`, its model, a function URL and its paths on the
 * REST API.
 */
export class Endpoint extends pulumi.ComponentResource {
  readonly function: InferenceFunction;
  /** Ends in `/`. */
  readonly url: pulumi.Output<string>;
  readonly routes: readonly Route[];
  /** Bytes of the largest model that it loads from S3. @default it loads none */
  readonly modelLimit: number | undefined;
  /** A ready command line that calls the function URL. */
  readonly example: pulumi.Output<string>;

  /** @param name  Folder below `functions/`. */
  constructor(
    readonly name: string,
    args: EndpointArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    checkEndpoint(name, args);
    super("paddock:index:Endpoint", name, {}, opts);
    const { shared, model, evaluator = "onnxruntime", paths = [name], timeout, uploads } = args;
    const { memorySize = shared.settings.memorySize } = args;
    const { settings, artifacts, operations, onnxRuntime } = shared;
    const folder = path.join(PROJECT_ROOT, "functions", name);
    const card = readCard(folder);
    if (evaluator === "javascript") requireEvaluable(card, model);
    const granted = uploads && shared.uploads().grant(uploads);
    const { files, environment, permissions, modelLimit, vpc, fileSystem } = resolveModel(model, {
      name,
      folder,
      shared,
      memorySize,
      parent: this,
    });
    this.modelLimit = modelLimit;
    const { archive, usesSharp } = packageFunction(name, name, { ...files, ...sampleFiles(folder, card) });

    this.function = new InferenceFunction(
      name,
      {
        settings,
        artifacts,
        operations,
        isEndpoint: true,
        description: card.title,
        archive,
        layers: [
          ...(evaluator === "onnxruntime" ? [onnxRuntime.arn] : []),
          ...(usesSharp ? [shared.sharp().arn] : []),
        ],
        environment: {
          ...environment,
          ...granted?.environment,
          ...(evaluator === "javascript" && { MODEL_EVALUATOR: evaluator }),
          CORS_ORIGINS: settings.corsOrigins.join(" "),
        },
        permissions: [...permissions, ...(granted?.permissions ?? [])],
        memorySize,
        timeout,
        // A shadow that fails is one that is not compared.
        ...(args.shadows && { invokesItself: true, retries: 0 as const }),
        vpc,
        fileSystem,
      },
      { parent: this },
    );
    this.url = new FunctionUrl(name, { function: this.function, settings }, { parent: this }).url;
    this.routes = paths.map((path) => ({ path, function: this.function }));
    const [{ path: within = "/", request }] = card.samples;
    const curl = settings.functionUrlAuth === "AWS_IAM" ? signedCurl(this) : "curl";
    this.example = pulumi.interpolate`${curl} -d ${exampleBody(name, request)} ${this.url}${within.slice(1)}`;
    this.registerOutputs({ url: this.url });
  }
}

/** The files that the endpoint gives as samples, by path within the archive. */
function sampleFiles(folder: string, { samples }: Card): ArchiveFiles {
  return Object.fromEntries(
    samples.flatMap(({ file }) =>
      file === undefined ? [] : [[file, readFileSync(path.join(folder, file))]],
    ),
  );
}

/** curl that signs requests to function URLs with the credentials in the environment, temporary ones included. */
function signedCurl(parent: pulumi.Resource): pulumi.Output<string> {
  const { region } = aws.getRegionOutput({}, { parent });
  // Without a token the header is empty, and curl leaves it out.
  return pulumi.interpolate`curl --aws-sigv4 aws:amz:${region}:lambda --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN"`;
}

/** The evaluator serves only models that were compared with ONNX Runtime. */
function requireEvaluable({ name, files, evaluator }: Card, model: ModelSource): void {
  if (model.source !== "bundle") {
    throw new Error(
      `Endpoint "${name}": \`evaluator: "javascript"\` is for a model of the source \`bundle\`; models from S3 have it by themselves.`,
    );
  }
  if (!evaluator?.files.includes(files[0]?.path ?? "")) {
    throw new Error(
      `Endpoint "${name}": \`evaluator: "javascript"\` needs a model that was compared with ONNX Runtime: run \`npm run model -- compare ${name}\`.`,
    );
  }
}
