import { type Access, exportLines } from "../cloud/exportLines";

/** How to look at what is in the local S3. */
export function accessLines(access: Access, environmentCommand: string): string {
  return [
    ...exportLines(access).map((line) => `  ${line}`),
    "",
    `or eval "$(${environmentCommand})", and then`,
    "",
    "  aws s3 ls",
  ].join("\n");
}
