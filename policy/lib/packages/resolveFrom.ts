import path from "node:path";
import { PROGRAM_VARIABLE } from "../programFolder";

/** A path of an archive or asset is relative to the folder of a program that nobody knows. */
export class ProgramFolderUnknown extends Error {
  constructor(file: string) {
    super(`nobody knows which folder ${file} is relative to: set ${PROGRAM_VARIABLE} to that of Pulumi.yaml`);
  }
}

/** Finds a file of the program. @throws ProgramFolderUnknown */
export function resolveFrom(root: string | undefined, file: string): string {
  if (root === undefined && !path.isAbsolute(file)) throw new ProgramFolderUnknown(file);
  return path.resolve(root ?? "/", file);
}
