import path from "node:path";
import type { Rule } from "../lib/rule";
import type { Verdict } from "../lib/runRule";
import type { StackReport } from "../lib/stackReport";
import { verdictMessage } from "../lib/verdictMessage";

const LEVELS = { violation: "error", warning: "warning", excepted: "note" } as const;

/** GitHub sorts by it; its steps are 9, 7 and 4: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const SECURITY_SEVERITY = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

/**
 * Reports of stacks as SARIF 2.1.0, for code scanning. Exceptions are suppressed results.
 *
 * @param programFolder  The program's, relative to the repository's root, which the files of results are relative to.
 */
export function sarifReport(rules: readonly Rule[], reports: readonly StackReport[], programFolder = "") {
  const index = new Map(rules.map(({ name }, position) => [name, position]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "paddock-policy", rules: [...rules.map(sarifRule), COULD_NOT_BE_EVALUATED] },
        },
        results: reports.flatMap((report) => resultsOf(report, index, programFolder)),
      },
    ],
  };
}

/** Findings about the program rather than a resource. */
const COULD_NOT_BE_EVALUATED = {
  id: "program-evaluated",
  shortDescription: { text: "The program can be evaluated without AWS" },
};

function resultsOf(report: StackReport, index: ReadonlyMap<string, number>, programFolder: string) {
  const { stack, verdicts, couldNotRun, error } = report;
  const at = (urn: string | undefined) => [location(report, urn, programFolder)];
  return [
    ...(error === undefined
      ? []
      : [
          {
            ruleId: COULD_NOT_BE_EVALUATED.id,
            ruleIndex: index.size,
            level: "error",
            message: { text: `${stack}: the program could not be evaluated: ${error}` },
            locations: at(undefined),
          },
        ]),
    ...verdicts.map((verdict) => sarifResult(stack, verdict, index, at(verdict.urn))),
    ...couldNotRun.map(({ rule, urn, why, unknown }) => ({
      ruleId: rule.name,
      ruleIndex: index.get(rule.name),
      level: unknown ? "warning" : "error",
      message: { text: `${stack}: the rule could not run: ${why}` },
      locations: at(urn),
    })),
  ];
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

function sarifResult(
  stack: string,
  verdict: Verdict,
  index: ReadonlyMap<string, number>,
  locations: readonly object[],
) {
  const { rule, urn, outcome, exception } = verdict;
  return {
    ruleId: rule.name,
    ruleIndex: index.get(rule.name),
    level: LEVELS[outcome],
    message: { text: `${stack}: ${verdictMessage(verdict)}` },
    locations,
    partialFingerprints: { "paddock/v1": `${rule.name} ${urn ?? stack} ${verdict.found}` },
    ...(outcome === "excepted" && {
      suppressions: [
        { kind: "external", justification: `${exception?.reason} (until ${exception?.expires})` },
      ],
    }),
  };
}

/** The line that declares the resource; for the stack as a whole its file, where its settings and exceptions are. */
function location({ stack, sources }: StackReport, urn: string | undefined, programFolder: string) {
  const source = urn === undefined ? undefined : sources.get(urn);
  const uri = path.posix.join(programFolder, source?.file ?? `Pulumi.${stack}.yaml`);
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: source?.line ?? 1 } },
    ...(urn !== undefined && { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }] }),
  };
}
