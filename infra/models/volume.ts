import { MOUNT_PATH } from "../modelVolume";
import type { ModelFiles } from "./modelFiles";
import type { ModelOwner } from "./modelOwner";
import { verifyModel } from "./verifyModel";

/** The model on the shared file system, for models too large for a package: the stack itself puts it there. */
export interface VolumeSource {
  readonly source: "volume";
}

/** Has the model copied to the volume and mounts it for reading. */
export function volumeSource(
  _source: VolumeSource,
  { name, folder, shared, parent }: ModelOwner,
): ModelFiles {
  // Checked here rather than by the copy, minutes into the deployment.
  const [file] = verifyModel(folder);
  const { volume, sync } = shared.fileSystem();
  sync.add(name, folder, parent);
  return {
    files: {},
    environment: { MODEL_VOLUME: MOUNT_PATH, MODEL_PATH: `${name}/${file}` },
    permissions: [],
    vpc: shared.network().attachment,
    fileSystem: volume.mount("read"),
  };
}
