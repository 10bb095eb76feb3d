import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type * as aws from "@pulumi/aws";
import type { InputsOf } from "../../resources/resourceType";
import { known, type PreviewOf } from "../../resources/value";
import type { CodeSource } from "./functionConfiguration";

/** The properties of a Function or LayerVersion that say where its archive is. */
type CodeProperties = Pick<
  InputsOf<typeof aws.lambda.Function>,
  "code" | "s3Bucket" | "s3Key" | "s3ObjectVersion" | "sourceCodeHash"
>;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_REQUEST_MEGABYTES = 50;

/** @throws Error  No archive: a function from a container image. */
export function codeOf({ code, s3Bucket, s3Key, s3ObjectVersion }: CodeProperties): CodeSource {
  if (code !== undefined && "archive" in code) return { archive: code.archive };
  if (s3Bucket !== undefined && s3Key !== undefined) return { s3Bucket, s3Key, s3ObjectVersion };
  throw new Error("the local cloud runs functions from zip archives: `code`, or `s3Bucket` and `s3Key`");
}

/**
 * The archive's SHA-256 in base64 and its size in bytes, as AWS gives them. Empty for an archive in S3, whose object is
 * read when the function is made.
 */
export function describeCode(inputs: PreviewOf<CodeProperties>): { sha256: string; size: number } {
  const archive = archiveOf(inputs);
  if (archive === undefined) return { sha256: known(inputs.sourceCodeHash) ?? "", size: 0 };
  const hash = createHash("sha256");
  let size = 0;
  for (const file of filesOf(archive)) {
    const content = readFileSync(file);
    if (file !== archive) hash.update(path.relative(archive, file));
    hash.update(content);
    size += content.length;
  }
  return { sha256: hash.digest("base64"), size };
}

/** @throws Error  An archive that is too large for a request to Lambda. Pulumi zips a folder itself. */
export function rejectLargeArchive(inputs: PreviewOf<CodeProperties>): void {
  const archive = archiveOf(inputs);
  const file = archive ? statSync(archive, { throwIfNoEntry: false }) : undefined;
  if (!file?.isFile() || file.size <= MAX_REQUEST_MEGABYTES * 2 ** 20) return;
  const megabytes = (Math.ceil((file.size / 2 ** 20) * 10) / 10).toFixed(1);
  throw new Error(
    `\`code\` has ${megabytes} MB zipped; Lambda takes ${MAX_REQUEST_MEGABYTES} MB in a request: name an object by \`s3Bucket\` and \`s3Key\``,
  );
}

function archiveOf({ code }: PreviewOf<CodeProperties>): string | undefined {
  const value = known(code);
  // Old state holds only the hash of an archive.
  return value !== undefined && "archive" in value && value.archive !== "" ? value.archive : undefined;
}

function filesOf(archive: string): string[] {
  if (!statSync(archive, { throwIfNoEntry: false })) throw new Error(`the archive ${archive} does not exist`);
  if (!statSync(archive).isDirectory()) return [archive];
  return readdirSync(archive, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
