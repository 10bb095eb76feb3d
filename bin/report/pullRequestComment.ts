import { counted, type FixedCost, groupBy, nameOf, PRICES } from "@paddock/policy";
import type { PackageFacts, StackFacts } from "./stackFacts";

/** One stack's part of `npm run policy -- --json`: what is shown of it. */
export interface PolicyResult {
  readonly stack: string;
  readonly ok: boolean;
  readonly verdicts: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly outcome: "violation" | "warning" | "excepted";
    readonly message: string;
    readonly urn?: string;
    readonly exception?: { readonly reason: string; readonly expires: string };
  }[];
  readonly passed: readonly string[];
  readonly couldNotRun: readonly { readonly rule: string; readonly why: string }[];
}

export interface CommentParts {
  readonly facts: readonly StackFacts[];
  /** The base branch's facts. @default the branch has no report yet */
  readonly base?: readonly StackFacts[];
  readonly policy?: readonly PolicyResult[];
  /** The output of `pulumi preview`. */
  readonly preview?: string;
}

/** First line of the comment, by which the workflow finds it again. */
export const MARKER = "<!-- paddock: pull request report -->";

/** Lambda's limits: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_ZIPPED = 50 * 2 ** 20;
const MAX_UNZIPPED = 250 * 2 ** 20;

/** Characters; GitHub rejects a longer comment. The diff gets what the rest leaves. */
const MAX_COMMENT = 65_536;

/** The report on a pull request, as GitHub Markdown. */
export function pullRequestComment({ facts, base, policy, preview }: CommentParts): string {
  const stacks = facts.map((now) => {
    const before = base?.find(({ stack }) => stack === now.stack);
    const result = policy?.find(({ stack }) => stack === now.stack);
    return [
      `## Stack \`${now.stack}\``,
      ...(result ? [policySection(result)] : []),
      packageTable(now, before),
      costTable(now, before),
      ...predictionTable(now, before),
    ].join("\n\n");
  });
  const report = [MARKER, ...stacks].join("\n\n");
  if (preview === undefined) return report;
  return `${report}\n\n${previewSection(preview, MAX_COMMENT - report.length)}`;
}

function policySection({ ok, verdicts, passed, couldNotRun }: PolicyResult): string {
  const count = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const summary = `**Policies: ${ok ? "passed" : "FAILED"}.** ${counted(passed.length, "rule")} passed, ${counted(count("violation"), "violation")}, ${counted(count("warning"), "warning")}, ${count("excepted")} excepted, ${couldNotRun.length} could not run.`;
  const rows = [
    ...couldNotRun.map(({ rule, why }) => ["could not run", rule, why]),
    ...verdicts
      .filter(({ outcome }) => outcome !== "excepted")
      .map(({ outcome, rule, message }) => [outcome, rule, message]),
  ];
  return [
    summary,
    ...(rows.length > 0 ? [table(["", "rule", ""], rows)] : []),
    ...(count("excepted") > 0 ? [exceptionsFold(verdicts)] : []),
  ].join("\n\n");
}

/** Folded: exceptions were agreed on when they were written. */
function exceptionsFold(verdicts: PolicyResult["verdicts"]): string {
  const excepted = verdicts.filter(({ outcome }) => outcome === "excepted");
  const rows = groupBy(excepted, ({ rule, exception }) => [rule, exception?.expires, exception?.reason]).map(
    (group) => {
      const [{ rule, exception }] = group;
      const resources = group.map(({ urn }) => (urn === undefined ? "the stack" : nameOf(urn)));
      return [rule, resources.join(", "), exception?.expires ?? "", exception?.reason ?? ""];
    },
  );
  return `<details><summary>exceptions</summary>\n\n${table(["rule", "for", "until", "reason"], rows)}\n\n</details>`;
}

function packageTable(now: StackFacts, before: StackFacts | undefined): string {
  const old = (one: PackageFacts) =>
    before?.packages.find(({ name, kind }) => name === one.name && kind === one.kind);
  const rows = now.packages.map((one) => [
    `${one.name} (${one.kind})`,
    `${megabytes(one.zipped)}${one.zipped > MAX_ZIPPED ? " (through the bucket)" : ""}`,
    change(one.zipped, old(one)?.zipped, before),
    `${megabytes(one.unzippedWithLayers)} (${percent(one.unzippedWithLayers)})`,
    change(one.unzippedWithLayers, old(one)?.unzippedWithLayers, before),
  ]);
  const gone = (before?.packages ?? []).filter(
    ({ name, kind }) => !now.packages.some((one) => one.name === name && one.kind === kind),
  );
  rows.push(...gone.map(({ name, kind }) => [`${name} (${kind})`, "removed", "", "", ""]));
  return `### Packages\n\n${table(["", "zipped", "change", "unzipped, with layers (of 250 MiB)", "change"], rows)}`;
}

function costTable(now: StackFacts, before: StackFacts | undefined): string {
  const total = sum(now.costs);
  const difference =
    before === undefined ? "" : `, ${signed(total - sum(before.costs), dollars)} against the base`;
  const head = `### Monthly cost without traffic: ${dollars(total)}${difference}`;
  if (now.costs.length === 0) return head;
  const rows = now.costs.map(({ name, what, dollars: cost }) => [
    name,
    what,
    cost === undefined ? "not known here" : dollars(cost),
  ]);
  return `${head}\n\n${table(["", "", "a month"], rows)}\n\nList prices of us-east-1 on ${PRICES.asOf}, without free tiers.`;
}

function predictionTable({ predictions = [] }: StackFacts, before: StackFacts | undefined): string[] {
  if (predictions.length === 0) return [];
  const rows = predictions.map(({ name, memorySize, billed, functionUrl, restApi }) => {
    const old = before?.predictions?.find((one) => one.name === name);
    return [
      name,
      `${memorySize} MB`,
      `${billed} ms`,
      dollars(functionUrl),
      dollars(restApi),
      old === undefined || before === undefined ? "" : signed(functionUrl - old.functionUrl, dollars),
    ];
  });
  return [
    "### Cost of a million predictions",
    table(["", "memory", "billed", "over the function URL", "over the REST API", "change"], rows),
    "Warm requests as measured (`duration.json` of each model), without free tiers, logs and traffic.",
  ];
}

/** @param room  Number of characters that are left. */
function previewSection(preview: string, room: number): string {
  const fold = (text: string) =>
    `<details><summary>pulumi preview</summary>\n\n\`\`\`\n${text}\n\`\`\`\n\n</details>`;
  const text = preview.trim().replace(/```/g, "'''");
  const cut = "\n… cut; the job's log has the rest";
  const left = room - fold(cut).length - "\n\n".length;
  return fold(fold(text).length <= left ? text : text.slice(0, Math.max(0, left)) + cut);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function change(now: number, old: number | undefined, before: StackFacts | undefined): string {
  if (before === undefined) return "";
  if (old === undefined) return "new";
  return now === old ? "same" : signed(now - old, megabytes);
}

function signed(value: number, format: (value: number) => string): string {
  return `${value < 0 ? "−" : "+"}${format(Math.abs(value))}`;
}

function megabytes(bytes: number): string {
  return bytes < 2 ** 20 / 10 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function percent(unzipped: number): string {
  return `${Math.ceil((unzipped / MAX_UNZIPPED) * 100)} %`;
}

function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}

function sum(costs: readonly FixedCost[]): number {
  return costs.reduce((total, { dollars }) => total + (dollars ?? 0), 0);
}
