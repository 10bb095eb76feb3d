import { takeProcess } from "./aheadOfTime";
import type { Declaration, DeclareOptions, DeclareRequest } from "./declaration";
import { declare } from "./declare";
import type { EvaluatingProcess } from "./evaluatingProcess";

/**
 * Evaluates a program whenever its sources change. The process of the last evaluation stays: where only sources changed
 * that the program packs into archives, and runs nothing of, it writes those again and evaluates nothing.
 */
export class Evaluator {
  readonly #options: DeclareOptions;
  #kept: EvaluatingProcess | undefined;

  constructor(options: DeclareOptions) {
    this.#options = options;
  }

  /**
   * @param changed  Absolute paths of all that changed since the last declaration. @default anything may have
   * @param keep     Whether a process stays. @default false
   * @throws ProgramError
   */
  async declare(
    request: DeclareRequest,
    { changed, keep = false }: { readonly changed?: readonly string[]; readonly keep?: boolean },
  ): Promise<Declaration> {
    if (!keep) return declare(request, this.#options);
    if (changed !== undefined && this.#kept?.isAlive) {
      const { declaration } = await this.#kept.ask({ changed }, this.#options);
      if (declaration !== undefined) return declaration;
    }
    this.close();
    const evaluation = takeProcess();
    this.#kept = evaluation;
    try {
      const { declaration } = await evaluation.ask({ request: { ...request, keep: true } }, this.#options);
      return declaration as Declaration;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#kept?.end();
    this.#kept = undefined;
  }
}
