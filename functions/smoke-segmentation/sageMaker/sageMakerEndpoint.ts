import { BadRequest } from "../../shared/errors";
import { lazy } from "../../shared/lazy";
import { npyToFloat32 } from "../../shared/npy/npyToFloat32";
import { sageMakerRuntime } from "../../shared/sageMakerRuntime";
import type { SceneFile } from "../sceneFile";
import type { Segmenter } from "../segmentation";
import { endpointRejection } from "./endpointRejection";
import { EndpointResponse } from "./endpointResponse";
import { requestJson } from "./requestJson";

/**
 * A real-time endpoint's (once 6 MB); what a certain endpoint takes may be less (a serverless one 4 MB), and is
 * its to say: https://docs.aws.amazon.com/sagemaker/latest/dg/hosting-faqs.html
 */
const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

/** Kept back from the function's own time, to say that the endpoint's took too long. */
const MARGIN_MS = 1_000;

/** How long SageMaker itself waits for a model. */
const MAX_TIMEOUT_MS = 60_000;

const client = lazy(
  () => new (sageMakerRuntime().SageMakerRuntimeClient)({ requestHandler: { connectionTimeout: 2_000 } }),
);

/** Lets a SageMaker endpoint answer in place of the function's own model. */
export function sageMakerEndpoint(endpointName: string): Segmenter {
  return async (scenes, { nodata, remainingMs }) => {
    if (nodata !== undefined && (scenes.nodata === undefined || hasValue(scenes, nodata))) {
      throw new BadRequest(
        `The SageMaker endpoint ${endpointName} gets every pixel as it is: fill pixels without data, and leave \`nodata\` out`,
      );
    }
    const command = new (sageMakerRuntime().InvokeEndpointCommand)({
      EndpointName: endpointName,
      ContentType: "application/json",
      Accept: "application/json",
      Body: requestJson(scenes, MAX_PAYLOAD_BYTES),
    });
    let body: Uint8Array;
    try {
      const timeoutMs = Math.min(remainingMs() - MARGIN_MS, MAX_TIMEOUT_MS);
      const abortSignal = AbortSignal.timeout(Math.max(Math.trunc(timeoutMs), 0));
      body = (await client().send(command, { abortSignal })).Body ?? new Uint8Array();
    } catch (error) {
      throw endpointRejection(error, endpointName);
    }
    return new EndpointResponse(endpointName, body);
  };
}

/** Whether a GeoTIFF's tag speaks of any of its pixels; a request that names a value means that some have it. */
function hasValue(scenes: SceneFile, value: number): boolean {
  const values = npyToFloat32(scenes);
  return Number.isNaN(value) ? values.some(Number.isNaN) : values.includes(Math.fround(value));
}
