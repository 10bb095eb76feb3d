import { stat } from "node:fs/promises";
import path from "node:path";
import { NotFound } from "../errors";
import { readManifest, versionFolder } from "../volume/volumeManifest";
import type { ModelSource } from "./modelSource";

/**
 * Models on a mounted file system, which has a folder for each: keys are `<model>/<file>`. The manifest names the
 * served version; a partial copy is never visible.
 *
 * @param root  Mount path of the file system.
 */
export function volumeSource(root: string): ModelSource {
  return {
    async fetch(key, knownVersion) {
      const [model = "", ...file] = key.split("/");
      const folder = path.join(root, model);
      const manifest = await readManifest(folder);
      if (manifest === undefined) throw new NotFound(`There is no model ${model} on the volume`);
      if (manifest.version === knownVersion) return undefined;
      const target = path.join(versionFolder(folder, manifest.version), ...file);
      const { size } = await stat(target).catch((cause) => {
        throw new NotFound(`There is no ${key} on the volume`, { cause });
      });
      return { version: manifest.version, bytes: size, path: target };
    },
  };
}
