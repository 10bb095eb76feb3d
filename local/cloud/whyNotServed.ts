import { missingStack } from "./missingStack";
import { holderOf } from "./runningCloud";

/**
 * Says why nothing is served that a command needs, for its error; without a full stop.
 *
 * @param dataDir    The local cloud's data.
 * @param isDefault  Whether that folder follows from the stack's name.
 */
export function whyNotServed(stack: string, dataDir: string, isDefault: boolean): string {
  const holder = holderOf(dataDir);
  if (holder !== undefined)
    return `The local cloud (process ${holder.pid}) is just starting: try again when it serves`;
  const missing = isDefault ? missingStack(stack, process.cwd()) : undefined;
  const option = stack === "dev" ? "" : ` -- --stack ${stack}`;
  return missing ?? `Nothing serves the stack "${stack}" here: start it with \`npm start${option}\``;
}
