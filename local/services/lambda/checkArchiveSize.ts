import fs from "node:fs";
import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_REQUEST_MEGABYTES = 50;

/** Throws for an archive that no request of Lambda's takes, of a function or a layer. A folder is zipped by Pulumi. */
export function checkArchiveSize(inputs: Properties): void {
  const archive = read.text(read.object(inputs, "code"), "archive");
  const file = archive ? fs.statSync(archive, { throwIfNoEntry: false }) : undefined;
  if (!file?.isFile() || file.size <= MAX_REQUEST_MEGABYTES * 2 ** 20) return;
  const megabytes = (Math.ceil((file.size / 2 ** 20) * 10) / 10).toFixed(1);
  throw new Error(
    `\`code\` has ${megabytes} MB zipped; Lambda takes ${MAX_REQUEST_MEGABYTES} MB in a request: name an object by \`s3Bucket\` and \`s3Key\``,
  );
}
