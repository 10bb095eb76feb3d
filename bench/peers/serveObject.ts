import { gunzipSync } from "node:zlib";
import { InferenceSession, Tensor } from "onnxruntime-node";

const { BUCKET = "", KEY = "", FEATURES = "" } = process.env;
const features = FEATURES.split(",");

type Get = (bucket: string, key: string) => Promise<Buffer>;

/** A request of the Open Inference Protocol, or of a row. */
interface Body {
  readonly inputs?: readonly [{ readonly data: readonly number[] }];
  readonly [feature: string]: unknown;
}

/**
 * The least that serves a model of a bucket with onnxruntime-node: fetched at the start, never looked at again; nothing
 * is checked, logged or explained.
 */
export function serveObject(get: Get): (event: { readonly body: string }) => Promise<object> {
  const opened = get(BUCKET, KEY).then((object) =>
    InferenceSession.create(modelIn(object), { intraOpNumThreads: 1, interOpNumThreads: 1 }),
  );
  return async ({ body }) => {
    const request = JSON.parse(body) as Body;
    const row = request.inputs?.[0].data ?? features.map((feature) => request[feature] as number);
    const session = await opened;
    const output = session.outputNames.at(-1) ?? "";
    const feeds = { [session.inputNames[0] ?? ""]: new Tensor("float32", row, [1, row.length]) };
    const results = await session.run(feeds, [output]);
    return { statusCode: 200, body: JSON.stringify([...(results[output] as Tensor).data]) };
  };
}

/** The object itself, or the one file of a compressed archive. */
function modelIn(object: Buffer): Uint8Array {
  if (!KEY.endsWith(".gz")) return object;
  const tar = gunzipSync(object);
  return tar.subarray(512, 512 + Number.parseInt(tar.toString("latin1", 124, 135), 8));
}
