import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { NotFound } from "../errors";
import { isArchive } from "./isArchive";
import type { ModelSource } from "./modelSource";

/**
 * Models inside the function's own archive, by their paths from its root. They never change while the function runs.
 */
export function bundledSource(folder: string = process.env.LAMBDA_TASK_ROOT ?? "."): ModelSource {
  return {
    async fetch(key, knownVersion) {
      if (knownVersion !== undefined) return undefined;
      const file = path.resolve(folder, key);
      const { size } = await stat(file).catch((cause) => {
        throw new NotFound(`There is no ${key} in the function's archive`, { cause });
      });
      const model = { version: "bundled", bytes: size };
      return isArchive(key) ? { ...model, stream: createReadStream(file) } : { ...model, path: file };
    },
  };
}
