import fs from "node:fs";
import path from "node:path";

const BUILT = path.resolve(__dirname, "../../../.paddock/engine/bin");

/** Folder of the `pulumi` command: on PATH, or built by `test/engine/buildEngine.sh`; `undefined` where there is none. */
export function pulumiFolder(): string | undefined {
  return [...(process.env.PATH ?? "").split(path.delimiter), BUILT].find((folder) =>
    ["pulumi", "pulumi.exe"].some((file) => fs.existsSync(path.join(folder, file))),
  );
}
