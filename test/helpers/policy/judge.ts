import type { Declared } from "@paddock/local/program";
import { type Exception, parseExceptions } from "../../../policy/lib/exceptions";
import { judgeStack } from "../../../policy/lib/judgeStack";
import type { Limit, Rule } from "../../../policy/lib/rule";
import type { RuleRun } from "../../../policy/lib/runRule";

interface JudgeOptions {
  /** In place of each rule's own. */
  readonly limits?: Readonly<Record<string, Limit>>;
  readonly exceptions?: readonly Exception[] | unknown;
  readonly today?: string;
  readonly root?: string;
  readonly defaultProvider?: Readonly<Record<string, unknown>>;
}

/** Runs every rule given, at level mandatory. */
export async function judge(
  rules: readonly Rule[],
  resources: readonly Declared[],
  { limits, exceptions = [], today = "2026-11-21", root = __dirname, defaultProvider }: JudgeOptions = {},
): Promise<readonly RuleRun[]> {
  const { runs } = await judgeStack(rules, resources, {
    root,
    today,
    exceptions: parseExceptions(exceptions, "paddock:policyExceptions"),
    setupOf: (rule) => ({ level: "mandatory", limits: { ...rule.limits, ...limits } }),
    defaultProvider,
  });
  return runs;
}
