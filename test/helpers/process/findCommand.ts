import { spawnSync } from "node:child_process";

/** Is there such a command on this machine? A suite that needs one and finds none says so in one line. */
export function findCommand(command: string): boolean {
  const found = spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
  if (!found)
    console.log(`Not tested here, as there is no ${command} on this machine: what is tested with it.`);
  return found;
}
