import type { IssuedKey } from "../services/iam/accessKeyRing";
import { type Option, UsageError } from "./command";

/** `--access-key`: keys that scripts have, beside the one that the local cloud makes. */
export const accessKey: Option<readonly IssuedKey[]> = {
  placeholder: "NAME:SECRET",
  help: "take that access key as the administrator's, too, and then answer only pages\nof this machine (may be repeated)",
  parse: (given) =>
    given.map((text) => {
      const [, accessKeyId, secretAccessKey] = /^(\w{1,128}):(\S+)$/.exec(text) ?? [];
      if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
      throw new UsageError("--access-key must be like minio:secret, the name of letters, digits and _.");
    }),
};
