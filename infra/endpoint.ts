import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Route } from "./inferenceApi";
import { InferenceFunction } from "./inferenceFunction";
import { type ModelSource, resolveModel } from "./models/modelSource";
import { bundleFunction } from "./packaging/bundleFunction";
import { PROJECT_ROOT } from "./packaging/paths";
import { writeArchive } from "./packaging/writeArchive";
import { readCard } from "./readCard";
import type { SharedParts } from "./sharedParts";
import { signedCurl } from "./signedCurl";
import { FunctionUrl } from "./triggers/functionUrl";
import type { UploadAccess } from "./uploadBucket";

export interface EndpointArgs {
  /** What all endpoints of the stack share. */
  readonly shared: SharedParts;
  readonly model: ModelSource;
  /** Paths on the REST API. @default the endpoint's name */
  readonly paths?: readonly string[];
  /** MB, 128 to 3008. @default the stack's setting */
  readonly memorySize?: number;
  /** Seconds. @default the stack's setting */
  readonly timeout?: number;
  /** What it does with the stack's upload bucket. @default nothing, it does not know the bucket */
  readonly uploads?: UploadAccess;
}

/**
 * A model that answers requests: the handler in `functions/<name>/`, its model, a function URL and its paths on the
 * REST API.
 */
export class Endpoint extends pulumi.ComponentResource {
  readonly function: InferenceFunction;
  /** Ends in `/`. */
  readonly url: pulumi.Output<string>;
  readonly routes: readonly Route[];
  /** A ready command line that calls the function URL. */
  readonly example: pulumi.Output<string>;

  /** @param name  Folder below `functions/`. */
  constructor(
    readonly name: string,
    { shared, model, paths = [name], memorySize, timeout, uploads }: EndpointArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("paddock:index:Endpoint", name, {}, opts);
    const { settings, artifacts, onnxRuntime } = shared;
    const folder = path.join(PROJECT_ROOT, "functions", name);
    const card = readCard(folder);
    const bundle = bundleFunction(folder);
    const granted = uploads && shared.uploads().grant(uploads);
    const { files, environment, permissions, vpc, fileSystem } = resolveModel(model, {
      name,
      folder,
      shared,
      parent: this,
    });

    this.function = new InferenceFunction(
      name,
      {
        settings,
        artifacts,
        description: card.title,
        archive: writeArchive(name, { ...bundle.files, ...files }),
        layers: [onnxRuntime.arn, ...(bundle.usesSharp ? [shared.sharp().arn] : [])],
        environment: {
          ...environment,
          ...granted?.environment,
          CORS_ORIGINS: settings.corsOrigins.join(" "),
        },
        permissions: [...permissions, ...(granted?.permissions ?? [])],
        memorySize,
        timeout,
        vpc,
        fileSystem,
      },
      { parent: this },
    );
    this.url = new FunctionUrl(name, { function: this.function, settings }, { parent: this }).url;
    this.routes = paths.map((path) => ({ path, function: this.function }));
    const [{ path: within = "/", request }] = card.samples;
    const curl = settings.functionUrlAuth === "AWS_IAM" ? signedCurl(this) : "curl";
    this.example = pulumi.interpolate`${curl} -d '${JSON.stringify(request)}' ${this.url}${within.slice(1)}`;
    this.registerOutputs({ url: this.url });
  }
}
