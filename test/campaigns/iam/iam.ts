import { evaluatePolicy, parsePolicy } from "@paddock/local/iam";
import { Random } from "../files/random";
import type { CampaignOptions, CampaignReport } from "../report";
import { type Case, generateCase } from "./generateCase";
import { decide, type Policy } from "./secondReading";

/** More than enough to find the rule that they break. */
const MAX_FINDINGS = 20;

/** Has the evaluator of the local IAM and a second reading of IAM's rules decide the same cases. */
export async function iam({ seed, count }: Pick<CampaignOptions, "seed" | "count">): Promise<CampaignReport> {
  const started = Date.now();
  const random = new Random(seed);
  const decisions = new Map<string, number>();
  const findings: string[] = [];
  for (let index = 0; index < count && findings.length < MAX_FINDINGS; index++) {
    const drawn = generateCase(random);
    const decision = evaluate(drawn);
    decisions.set(decision, (decisions.get(decision) ?? 0) + 1);
    if (decision === secondReading(drawn)) continue;
    const smallest = shrink(drawn);
    findings.push(
      `case ${index}: ${evaluate(smallest)}, by the second reading ${secondReading(smallest)}: ${JSON.stringify(smallest)}`,
    );
  }
  return {
    name: "iam",
    options: `--count ${count} --seed ${seed}`,
    took: (Date.now() - started) / 1000,
    tried: [...decisions].sort().map(([decision, times]) => [`decided ${decision}`, times]),
    findings,
    details: [],
  };
}

function evaluate({ policies, request }: Case): string {
  const type = policies.some(({ Statement }) => Statement.some(({ Principal }) => Principal !== undefined))
    ? "resource"
    : "identity";
  return evaluatePolicy(
    policies.map((policy) => parsePolicy(policy, type)),
    request,
  );
}

function secondReading({ policies, request }: Case): string {
  return decide(policies, request);
}

/** Leaves out statements and conditions as long as the two still differ. */
function shrink(drawn: Case): Case {
  for (const smaller of smallerOnes(drawn)) {
    if (evaluate(smaller) !== secondReading(smaller)) return shrink(smaller);
  }
  return drawn;
}

function* smallerOnes({ policies, request }: Case): Generator<Case> {
  for (const [index, policy] of policies.entries()) {
    const others = policies.filter((_, other) => other !== index);
    if (others.length > 0) yield { policies: others, request };
    for (const [at, statement] of policy.Statement.entries()) {
      const rest = policy.Statement.filter((_, other) => other !== at);
      const changed = (Statement: Policy["Statement"]) => ({
        policies: policies.map((one) => (one === policy ? { ...policy, Statement } : one)),
        request,
      });
      if (rest.length > 0) yield changed(rest);
      const { Condition = {}, ...bare } = statement;
      for (const operator of Object.keys(Condition)) {
        const { [operator]: _, ...fewer } = Condition;
        yield changed(
          policy.Statement.map((one) =>
            one !== statement ? one : Object.keys(fewer).length > 0 ? { ...bare, Condition: fewer } : bare,
          ),
        );
      }
    }
  }
}
