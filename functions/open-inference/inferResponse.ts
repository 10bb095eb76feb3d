import type { Tensor } from "onnxruntime-node";
import { BadRequest } from "../shared/errors";
import type { Answer } from "../shared/events";
import { type DataType, dataTypeOf } from "./dataTypes";
import type { InferRequest } from "./inferRequest";

/** What a model answered, and to what. */
export interface Inference {
  readonly model: string;
  readonly version: string;
  readonly request: InferRequest;
  /** By name, in the order asked for. */
  readonly outputs: readonly (readonly [name: string, tensor: Tensor])[];
}

/**
 * Writes the answer: JSON, followed by the bytes of those outputs that were asked for as binary data.
 *
 * @throws BadRequest  FP16 asked for as JSON, which cannot carry it.
 */
export function writeInferResponse({ model, version, request, outputs }: Inference): Answer {
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
    return `{${head},"data":${jsonOf(tensor)}}`;
  });
  const id = typeof request.id !== "string" ? "" : `"id":${JSON.stringify(request.id)},`;
  const json = `{"model_name":${JSON.stringify(model)},"model_version":"${version}",${id}"outputs":[${described.join(",")}]}`;
  if (binary.length === 0)
    return { status: 200, headers: { "content-type": "application/json" }, body: json };
  const head = Buffer.from(json);
  return {
    status: 200,
    headers: {
      "content-type": "application/octet-stream",
      "inference-header-content-length": String(head.length),
    },
    body: Buffer.concat([head, ...binary]),
  };
}

/** Flat, row-major. Written by hand: 64-bit integers keep all their digits. NaN and infinities, which JSON lacks, are null. */
function jsonOf({ type, data }: Tensor): string {
  if (type === "string") return JSON.stringify(data);
  if (type === "bool") return `[${Array.from(data as Uint8Array, (value) => value !== 0)}]`;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return `[${data.join(",")}]`;
  return JSON.stringify(Array.from(data as Float32Array));
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
