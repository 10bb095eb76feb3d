import fs from "node:fs";
import path from "node:path";
import { onlyEndpoints } from "./onlyEndpoints";
import { writeProject } from "./writeProject";

const ROOT = path.resolve(__dirname, "../../..");

/** A project of its own that deploys these endpoints of this project, by its components and its stacks' settings. */
export function endpointsProject(...names: readonly string[]): string {
  const read = (file: string) => fs.readFileSync(path.join(ROOT, file), "utf8");
  const program = onlyEndpoints(read("index.ts"), names).replaceAll('from "./', () => `from "${ROOT}/`);
  const stacks = ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"];
  return writeProject(program, Object.fromEntries(stacks.map((file) => [file, read(file)])));
}
