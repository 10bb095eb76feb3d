import fs from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../process/temporaryFolder";

/**
 * A Pulumi project in a folder of its own that finds this project's packages.
 *
 * @param program  Text of `index.ts`.
 * @param files    Further files by path, over the defaults of `Pulumi.yaml` and `Pulumi.dev.yaml`.
 * @param folder   An existing one. @default a temporary one, gone after the suite
 */
export function writeProject(
  program: string,
  files: Readonly<Record<string, string>> = {},
  folder = temporaryFolder(),
): string {
  const all = {
    "Pulumi.yaml": "name: tried\nruntime: nodejs\n",
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "index.ts": program,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  fs.symlinkSync(
    path.resolve(__dirname, "../../../node_modules"),
    path.join(folder, "node_modules"),
    "junction",
  );
  return folder;
}
