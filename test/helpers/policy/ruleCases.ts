import type { Declared } from "@paddock/local/program";
import type { Limit, Rule } from "../../../policy/lib/rule";

/** Stacks that a rule passes, and stacks that it does not, by what is special about them. */
export interface RuleCases {
  readonly rule: Rule;
  readonly passes: Readonly<Record<string, readonly Declared[]>>;
  readonly fails: Readonly<Record<string, FailingCase>>;
  /** The program's folder. @default this project's */
  readonly root?: string;
  /** Limits in place of the rule's defaults. */
  readonly limits?: Readonly<Record<string, Limit>>;
}

export interface FailingCase {
  readonly stack: readonly Declared[];
  /** All that is said, in order: `<resource>: <found>; allowed: <allowed>`, with `(warning)` before one. */
  readonly says: readonly string[];
}
