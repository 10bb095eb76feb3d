import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { read } from "../../resources/read";
import type { ArchiveValue, Properties } from "../../resources/value";
import type { CodeSource } from "./functionConfiguration";

/** Where a Function's or LayerVersion's `code`, `s3Bucket` and `s3Key` say that its archive is. */
export function codeInput(inputs: Properties): CodeSource | undefined {
  const code = inputs.code as Partial<ArchiveValue> | undefined;
  if (typeof code?.archive === "string") return { archive: code.archive };
  const s3Bucket = read.text(inputs, "s3Bucket");
  const s3Key = read.text(inputs, "s3Key");
  return s3Bucket !== undefined && s3Key !== undefined ? { s3Bucket, s3Key } : undefined;
}

/** What AWS tells of an archive: SHA-256 in base64 and size in bytes; unknown for one in S3 that is not there yet. */
export function describeCode(inputs: Properties): { sha256?: string; size?: number } {
  const code = codeInput(inputs);
  if (!code || !("archive" in code)) return { sha256: read.text(inputs, "sourceCodeHash") };
  const hash = createHash("sha256");
  let size = 0;
  for (const file of filesOf(code.archive)) {
    const content = readFileSync(file);
    if (file !== code.archive) hash.update(path.relative(code.archive, file));
    hash.update(content);
    size += content.length;
  }
  return { sha256: hash.digest("base64"), size };
}

function filesOf(archive: string): string[] {
  if (!statSync(archive, { throwIfNoEntry: false })) throw new Error(`the archive ${archive} does not exist`);
  if (!statSync(archive).isDirectory()) return [archive];
  return readdirSync(archive, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
