import type { Cloud } from "../cloud/cloud";
import type { Declared } from "../resources/declared";
import type { IssuedKey } from "../services/iam/accessKeyRing";
import type { RequestReport } from "../services/lambda/requestReport";

/** The stack that the page shows. */
export interface Stack {
  /** Its name, e.g. `dev`. */
  readonly name: string;
  readonly region: string;
  /** Signs requests to endpoints that ask for it. */
  readonly rootKey: IssuedKey;
  readonly cloud: Cloud;
  /** Declared resources, components included; custom ones as they are deployed. */
  resources(): readonly Declared[];
  /** Takes notice of a request that the page's server makes by itself. */
  report(request: RequestReport): void;
  /** Runs a script of the project's, e.g. `npm run policy -- --json`, and gives the JSON that it prints. @throws Error  There is no such script, or it fails. */
  runScript(name: ProjectScript): Promise<unknown>;
}

/** Scripts of a project whose results the page shows. */
export type ProjectScript = "openapi" | "policy";
