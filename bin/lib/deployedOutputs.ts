import { execFileSync } from "node:child_process";

/**
 * Reads the outputs of a deployed stack by the `pulumi` command.
 *
 * @param env      Over this process's own. @default the user's Pulumi login
 * @throws Error   One line: they cannot be read.
 */
export function deployedOutputs(
  stack: string,
  env: Readonly<Record<string, string>> = {},
): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(
      execFileSync("pulumi", ["stack", "output", "--json", "--stack", stack], {
        encoding: "utf8",
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      }),
    );
  } catch (cause) {
    throw new Error(
      `The outputs of the stack ${stack} cannot be read: is it deployed, and \`pulumi\` logged in?`,
      { cause },
    );
  }
}
