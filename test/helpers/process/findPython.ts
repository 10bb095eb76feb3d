import { spawnSync } from "node:child_process";

/**
 * A Python that has a module: `PADDOCK_PYTHON`, or `python3`. A suite that needs one and finds none says so in one line.
 */
export function findPython(module: string): string | undefined {
  const python = process.env.PADDOCK_PYTHON ?? "python3";
  const found = spawnSync(python, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0;
  if (!found) console.log(`Not tested here, as ${python} has no ${module}: what is tested with it.`);
  return found ? python : undefined;
}
