import fs from "node:fs";
import { nearest } from "../resources/nearest";

/** Why a stack is not there, with the names of those that are; `undefined` where its file is. */
export function missingStack(stack: string, folder: string): string | undefined {
  const names = fs
    .readdirSync(folder)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined);
  if (names.includes(stack)) return undefined;
  const known = names.length === 0 ? "there is none" : `there are ${names.join(", ")}`;
  return `There is no stack "${stack}"${nearest(stack, names)}: Pulumi.${stack}.yaml is not in ${folder}, ${known}`;
}
