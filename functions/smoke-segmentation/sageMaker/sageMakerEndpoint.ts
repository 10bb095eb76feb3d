import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { NpyArray } from "../../shared/npy/readNpy";
import { sageMakerRuntime } from "../../shared/sageMakerRuntime";
import type { Segmentation } from "../segmentation";
import { EndpointAnswer } from "./endpointAnswer";
import { endpointRefusal } from "./endpointRefusal";
import { requestJson } from "./requestJson";

/**
 * The largest payload that AWS grants any endpoint; what a certain endpoint takes may be less (a serverless one 4 MB),
 * and is its to say: https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 */
const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

/** Less than the 29 s that the REST API waits, so that there is time to say so. */
const TIMEOUT_MS = 25_000;

let shared: SageMakerRuntimeClient | undefined;

function client(): SageMakerRuntimeClient {
  shared ??= new (sageMakerRuntime().SageMakerRuntimeClient)({
    requestHandler: { connectionTimeout: 2_000 },
  });
  return shared;
}

/** Has a SageMaker endpoint answer in the function's own model's place. */
export function sageMakerEndpoint(endpointName: string, timeoutMs = TIMEOUT_MS) {
  return async (scenes: NpyArray): Promise<Segmentation> => {
    const command = new (sageMakerRuntime().InvokeEndpointCommand)({
      EndpointName: endpointName,
      ContentType: "application/json",
      Accept: "application/json",
      Body: requestJson(scenes, MAX_PAYLOAD_BYTES),
    });
    let body: Uint8Array;
    try {
      const abortSignal = AbortSignal.timeout(timeoutMs);
      body = (await client().send(command, { abortSignal })).Body ?? new Uint8Array();
    } catch (error) {
      throw endpointRefusal(error, endpointName);
    }
    return new EndpointAnswer(endpointName, body);
  };
}
