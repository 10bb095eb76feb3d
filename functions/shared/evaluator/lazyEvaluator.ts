import type * as Evaluator from "./evaluator";

let loaded: typeof Evaluator | undefined;

/** The evaluator, loaded when first asked for. */
export function evaluator(): typeof Evaluator {
  // Not a plain `require`, which the bundler would follow. In a bundle both files lie in one folder.
  loaded ??= module.require("./evaluator") as typeof Evaluator;
  return loaded;
}
