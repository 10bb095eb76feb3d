import { type Declaration, declare, readStackConfig } from "@paddock/local/program";

/** Evaluates the program of a copy as `npm start` does, and does nothing else. */
export function evaluateProject(folder: string): Promise<Declaration> {
  return declare({
    stackConfig: readStackConfig(folder, "dev", { platform: "host" }),
    place: { accountId: "000000000000", region: "us-east-1" },
  });
}
