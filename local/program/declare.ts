import { takeProcess } from "./aheadOfTime";
import type { Declaration, DeclareOptions, DeclareRequest } from "./declaration";

/**
 * Evaluates a Pulumi program in a process of its own and returns what it declares. Nothing is created.
 *
 * @throws ProgramError  The program threw, or declares what the local cloud does not know.
 */
export async function declare(request: DeclareRequest, options: DeclareOptions = {}): Promise<Declaration> {
  const { declaration } = await takeProcess().ask({ request }, options);
  return declaration as Declaration;
}
