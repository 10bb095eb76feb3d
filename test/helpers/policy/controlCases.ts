import type { Declared } from "@paddock/local/program";
import type { Rule } from "../../../policy/lib/rule";

/** Stacks by what is special about them. */
type Stacks = Readonly<Record<string, readonly Declared[]>>;

/** Cases that published controls reject and pass, as their own page or tests have it, for the rule that names them. */
export interface ControlCases {
  readonly rule: Rule;
  readonly controls: readonly string[];
  readonly refuses: Stacks;
  readonly passes: Stacks;
}
