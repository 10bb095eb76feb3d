import type { Declaration, DeclareOptions, DeclareRequest } from "./declaration";
import { EvaluatingProcess } from "./evaluatingProcess";

/**
 * Evaluates a Pulumi program in a process of its own and returns what it declares. Nothing is created.
 *
 * @throws ProgramError  The program threw, or declares what the local cloud does not know.
 */
export async function declare(request: DeclareRequest, options: DeclareOptions = {}): Promise<Declaration> {
  const { declaration } = await new EvaluatingProcess(request.stackConfig.folder, options).ask({ request });
  return declaration as Declaration;
}
