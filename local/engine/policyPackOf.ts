import fs from "node:fs";
import path from "node:path";

/**
 * What `--policy-pack` gets for a project's own pack in `policy/`; `undefined` where it has none.
 *
 * An executable that serves the pack: any CLI starts one, a folder only those whose Node.js language host can run
 * plugins. On Windows, which has no such scripts, the folder.
 *
 * @param folder  Where the executable is written.
 */
export function policyPackOf(projectDir: string, folder: string): string | undefined {
  const pack = path.join(projectDir, "policy");
  if (!fs.existsSync(path.join(pack, "PulumiPolicy.yaml"))) return undefined;
  if (process.platform === "win32") return pack;
  const host = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [projectDir] });
  const file = path.join(folder, "policy-pack");
  fs.writeFileSync(file, `#!/bin/sh\ncd "${pack}" && exec "${process.execPath}" "${host}" "$1" .\n`, {
    mode: 0o755,
  });
  return file;
}
