import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { readYaml } from "../program/readYaml";

type StackFile = Readonly<Record<string, unknown>> & { readonly config?: Readonly<Record<string, unknown>> };

/**
 * Writes a stack's file as it is to be read here: with packages for this machine, and encrypted as the local state is.
 * The CLI writes into the file that it reads, and the project's own is for AWS.
 *
 * @returns        Its absolute path. A stack that is made in that folder leaves its salt there.
 * @throws Error   The stack has secrets, which only its own secrets provider can read.
 */
export function localStackFile(
  projectDir: string,
  dataDir: string,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  const name = `Pulumi.${stack}.yaml`;
  const folder = path.join(dataDir, "config");
  const file = path.join(folder, name);
  const config = readStackFile(path.join(projectDir, name)).config ?? {};
  for (const [key, value] of Object.entries(config)) {
    if (typeof value !== "object" || value === null || !("secure" in value)) continue;
    throw new Error(`${name}: \`${key}\` is encrypted for AWS: use a stack without secrets here.`);
  }
  const { encryptionsalt } = readStackFile(file);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
  fs.writeFileSync(
    file,
    stringify({ encryptionsalt, config: { ...config, [`${project}:platform`]: "host" } }),
  );
  return file;
}

function readStackFile(file: string): StackFile {
  return fs.existsSync(file) ? { ...readYaml(file) } : {};
}
