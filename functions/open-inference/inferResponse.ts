import type { Tensor } from "onnxruntime-node";
import type { DataType } from "../shared/dataType";
import { BadRequest, PayloadTooLarge } from "../shared/errors";
import type { Response } from "../shared/events";
import { dataTypeOf } from "./dataTypes";
import type { InferRequest } from "./inferRequest";
import { tensorJson } from "./tensorJson";

/** A model's outputs, and the request that they are for. */
export interface Inference {
  readonly model: string;
  readonly version: string;
  readonly request: InferRequest;
  /** Outputs by name, in the requested order. */
  readonly outputs: readonly (readonly [name: string, tensor: Tensor])[];
}

/** Lambda's limit on a response in bytes. Binary data is encoded as base64, so it can use three quarters of this. */
const MAX_JSON_BYTES = 6 * 1024 * 1024;
const MAX_BINARY_BYTES = (MAX_JSON_BYTES / 4) * 3;

/**
 * Writes the response: JSON, followed by the bytes of the outputs that were requested as binary data.
 *
 * @throws BadRequest FP16 was requested as JSON, which cannot represent it.
 * @throws PayloadTooLarge  Lambda would not send it; the message says what to request instead.
 */
export function writeInferResponse({ model, version, request, outputs }: Inference): Response {
  const binaryByDefault = request.parameters?.binary_data_output ?? false;
  const binary: Buffer[] = [];
  const described = outputs.map(([name, tensor]) => {
    const datatype = dataTypeOf(tensor.type) as DataType;
    const head = `"name":${JSON.stringify(name)},"datatype":"${datatype}","shape":[${tensor.dims}]`;
    const asked = request.outputs?.find((output) => output.name === name)?.parameters?.binary_data;
    if (asked ?? binaryByDefault) {
      const bytes = bytesOf(tensor);
      binary.push(bytes);
      return `{${head},"parameters":{"binary_data_size":${bytes.length}}}`;
    }
    if (datatype === "FP16")
      throw new BadRequest(`Output "${name}" is FP16: ask for it with "binary_data": true`);
    const data = tensorJson(tensor, MAX_JSON_BYTES);
    if (data === undefined) {
      throw new PayloadTooLarge(
        `Output "${name}" has ${tensor.size} values, over ${MAX_JSON_BYTES} bytes as JSON, the most that Lambda sends: ask for it with "binary_data": true, or for fewer outputs or rows`,
      );
    }
    return `{${head},"data":${data}}`;
  });
  const id = typeof request.id !== "string" ? "" : `"id":${JSON.stringify(request.id)},`;
  const json = `{"model_name":${JSON.stringify(model)},"model_version":"${version}",${id}"outputs":[${described.join(",")}]}`;
  if (binary.length === 0) {
    if (json.length > MAX_JSON_BYTES) {
      throw new PayloadTooLarge(
        `The outputs have over ${MAX_JSON_BYTES} bytes as JSON, the most that Lambda sends: ask for them with "binary_data_output": true, or for fewer outputs or rows`,
      );
    }
    return { status: 200, headers: { "content-type": "application/json" }, body: json };
  }
  const head = Buffer.from(json);
  const bytes = head.length + binary.reduce((sum, each) => sum + each.length, 0);
  if (bytes > MAX_BINARY_BYTES) {
    throw new PayloadTooLarge(
      `The outputs have ${bytes} bytes, over the ${MAX_BINARY_BYTES} that Lambda sends: ask for fewer outputs or rows`,
    );
  }
  return {
    status: 200,
    headers: {
      "content-type": "application/octet-stream",
      "inference-header-content-length": String(head.length),
    },
    body: Buffer.concat([head, ...binary]),
  };
}

function bytesOf({ type, data }: Tensor): Buffer {
  if (type !== "string") {
    const { buffer, byteOffset, byteLength } = data as Float32Array;
    return Buffer.from(buffer, byteOffset, byteLength);
  }
  return Buffer.concat(
    (data as string[]).flatMap((text) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}
