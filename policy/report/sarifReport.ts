import type { Rule } from "../lib/rule";
import type { Verdict } from "../lib/runRule";
import { verdictMessage } from "../lib/verdictMessage";
import type { StackReport } from "./stackReport";

const LEVELS = { violation: "error", warning: "warning", excepted: "note" } as const;

/** GitHub sorts by it; its steps are 9, 7 and 4: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const SECURITY_SEVERITY = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

/** Reports of stacks as SARIF 2.1.0, for code scanning. Exceptions are suppressed results. */
export function sarifReport(rules: readonly Rule[], reports: readonly StackReport[]) {
  const index = new Map(rules.map(({ name }, position) => [name, position]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "paddock-policy", rules: rules.map(sarifRule) } },
        results: reports.flatMap(({ stack, verdicts, couldNotRun }) => [
          ...verdicts.map((verdict) => sarifResult(stack, verdict, index)),
          ...couldNotRun.map(({ rule, why }) => ({
            ruleId: rule.name,
            ruleIndex: index.get(rule.name),
            level: "error",
            message: { text: `${stack}: the rule could not run: ${why}` },
            locations: [location(stack, undefined)],
          })),
        ]),
      },
    ],
  };
}

function sarifRule({ name, title, why, cure, url, severity, controls = [] }: Rule) {
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${why}` },
    help: { text: cure },
    helpUri: url,
    properties: { tags: ["security", ...controls], "security-severity": SECURITY_SEVERITY[severity] },
  };
}

function sarifResult(stack: string, verdict: Verdict, index: ReadonlyMap<string, number>) {
  const { rule, urn, outcome, exception } = verdict;
  return {
    ruleId: rule.name,
    ruleIndex: index.get(rule.name),
    level: LEVELS[outcome],
    message: { text: `${stack}: ${verdictMessage(verdict)}` },
    locations: [location(stack, urn)],
    partialFingerprints: { "paddock/v1": `${rule.name} ${urn ?? stack} ${verdict.found}` },
    ...(outcome === "excepted" && {
      suppressions: [
        { kind: "external", justification: `${exception?.reason} (until ${exception?.expires})` },
      ],
    }),
  };
}

/** The stack's file, where its settings and exceptions are; what made the resource is in its URN. */
function location(stack: string, urn: string | undefined) {
  return {
    physicalLocation: { artifactLocation: { uri: `Pulumi.${stack}.yaml` }, region: { startLine: 1 } },
    ...(urn !== undefined && { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }] }),
  };
}
