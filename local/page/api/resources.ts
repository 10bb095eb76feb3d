import { type HttpResponse, jsonResponse } from "../../http/message";
import { logicalName } from "../../resources/logicalName";
import type { FunctionVersion } from "../../services/lambda/functionVersion";
import type { ApiCall } from "../apiCall";
import type { PackageSizes, ResourceSummary } from "../apiTypes";
import { folderBytes } from "./folderBytes";

/** `GET /api/resources`: what the program declares, components included. */
export function listResources({ stack }: ApiCall): HttpResponse {
  const resources = stack.resources().map(
    ({ urn, type, name, custom, parent, dependencies, inputs }): ResourceSummary => ({
      urn,
      type,
      name,
      custom,
      parent,
      dependencies,
      inputs: inputs as ResourceSummary["inputs"],
    }),
  );
  return jsonResponse(200, resources);
}

/**
 * Bytes of a function with its layers, unzipped.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LIMIT_BYTES = 250 * 1024 * 1024;

/** `GET /api/packages`: the size of each function's package, and how much Lambda takes. */
export async function listPackages({ stack }: ApiCall): Promise<HttpResponse> {
  return jsonResponse(200, await Promise.all(stack.cloud.lambda.list().map(({ latest }) => sizesOf(latest))));
}

async function sizesOf({
  configuration,
  codeSize,
  taskRoot,
  optFolder,
}: FunctionVersion): Promise<PackageSizes> {
  const layersBytes = optFolder === undefined ? 0 : await folderBytes(optFolder);
  return {
    name: logicalName(configuration.functionName),
    zippedBytes: codeSize,
    unzippedBytes: (await folderBytes(taskRoot)) + layersBytes,
    layersBytes,
    limitBytes: LIMIT_BYTES,
  };
}

/** `GET /api/openapi`: what the project's script prints of its API. */
export async function getOpenApi({ stack }: ApiCall): Promise<HttpResponse> {
  return jsonResponse(200, await stack.runScript("openapi"));
}

/** `GET /api/policy`: what the project's gate says of this stack. */
export async function getPolicy({ stack }: ApiCall): Promise<HttpResponse> {
  return jsonResponse(200, await stack.runScript("policy"));
}
