import fs from "node:fs";
import path from "node:path";
import { readStackConfig } from "../program/stackConfig";

/**
 * Writes what `--policy-pack` gets for a project's own pack in `policy/`; `undefined` where it has none.
 *
 * The file is an executable that serves the pack: any CLI starts one, a folder only those whose Node.js language host
 * can run plugins. The engine gives an executable nothing of the stack, so that its configuration, in which the profile
 * and the exceptions are, goes into the file. On Windows, which has no such scripts, this is the folder.
 *
 * @param folder  Where the executable is written.
 */
export function policyPackOf(projectDir: string, folder: string, stack: string): string | undefined {
  const pack = path.join(projectDir, "policy");
  if (!fs.existsSync(path.join(pack, "PulumiPolicy.yaml"))) return undefined;
  if (process.platform === "win32") return pack;
  const host = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [projectDir] });
  const { project, config } = readStackConfig(projectDir, stack, {}, true);
  const file = path.join(folder, "policy-pack");
  const lines = [
    "#!/bin/sh",
    `cd ${quoted(pack)}`,
    // As the engine gives a pack in a folder the stack's configuration.
    `export PULUMI_NODEJS_PROJECT=${quoted(project)} PULUMI_CONFIG=${quoted(JSON.stringify(config))}`,
    `exec ${quoted(process.execPath)} ${quoted(host)} "$1" .`,
  ];
  fs.writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o700 });
  return file;
}

/** One word for the shell, whatever is in it. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
