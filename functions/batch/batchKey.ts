import { BATCHES } from "../shared/uploadFolders";

/** A batch, by the key of its file in the upload bucket. */
export interface Batch {
  /** `batches/iris/in/flowers.csv` */
  readonly key: string;
  readonly endpoint: string;
  readonly model: string | undefined;
  readonly name: string;
  readonly format: "csv" | "jsonl" | "npy";
}

/** The folders that a batch writes, beside the one of its file. */
export type BatchFolder = "out" | "failed" | "state";

/** A key without `batches/`. */
const KEY =
  /^(?<endpoint>[a-z0-9][a-z0-9-]{0,39})\/(?:(?<model>[A-Za-z0-9][\w.-]{0,127})\/)?in\/(?<name>[^/]{1,200})\.(?<format>csv|jsonl|npy)$/;

/**
 * Reads the key of a batch's file, `batches/<endpoint>[/<model>]/in/<name>.csv|jsonl|npy`.
 *
 * @returns `undefined` for any other object, such as the results of a batch.
 */
export function parseBatchKey(key: string): Batch | undefined {
  if (!key.startsWith(BATCHES)) return undefined;
  const parts = KEY.exec(key.slice(BATCHES.length))?.groups as Omit<Batch, "key"> | undefined;
  return parts && { ...parts, key };
}

/** The key of what a batch writes: `batches/iris/out/flowers.jsonl`, `batches/iris/state/flowers.json`. */
export function keyOf({ endpoint, model, name }: Batch, folder: BatchFolder, suffix?: string): string {
  const within = model === undefined ? endpoint : `${endpoint}/${model}`;
  return `${BATCHES}${within}/${folder}/${name}${suffix ?? (folder === "state" ? ".json" : ".jsonl")}`;
}
