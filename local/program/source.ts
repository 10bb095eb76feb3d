import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackTrace } from "@pulumi/pulumi/proto/source_pb";
import type { Declared } from "../resources/declared";

/** Finds the line of the program that declares a resource: the innermost one that is of no package. */
export function sourceOf(stackTrace: StackTrace | undefined, root: string): Declared["source"] {
  for (const frame of stackTrace?.getFramesList() ?? []) {
    const position = frame.getPc();
    if (!position?.getUri().startsWith("file:")) continue;
    const file = path.relative(root, fileURLToPath(position.getUri()));
    if (file.startsWith("..") || file.split(path.sep).includes("node_modules")) continue;
    return { file: file.split(path.sep).join("/"), line: position.getLine() };
  }
  return undefined;
}
