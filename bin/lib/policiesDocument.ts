import { type Limit, RULES, type Rule } from "@paddock/policy";

const MARK = "<!-- Made from the rules by `npm run docs`; what is written below is overwritten. -->";

const SERVICES: Readonly<Record<string, string>> = {
  package: "Packages",
  lambda: "Lambda",
  api: "API Gateway",
  s3: "S3",
  efs: "EFS",
  vpc: "VPC",
  iam: "IAM",
  policy: "Resources' policies",
  sagemaker: "SageMaker",
  kms: "KMS",
  logs: "Logs",
  alarm: "Alarms",
  cost: "Cost",
  stack: "The stack",
};

/** docs/policies.md with the tables of the rules as they are: what stands above the mark is kept. */
export function policiesDocument(current: string): string {
  const introduction = current.split(MARK)[0] ?? "";
  const sections = Object.entries(SERVICES).map(([prefix, title]) => {
    const rules = RULES.filter(({ name }) => name.startsWith(`${prefix}-`));
    return [`## ${title}`, "", ...table(rules)].join("\n");
  });
  return `${introduction}${MARK}\n\n${sections.join("\n\n")}\n`;
}

function table(rules: readonly Rule[]): string[] {
  return [
    "| rule | demands | why | profile | severity | limits | covers |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rules.map(
      ({ name, url, title, why, tier = "baseline", severity, limits = {}, controls = [], ...rule }) => {
        const remedied = "remediate" in rule ? ", can be remedied" : "";
        const cells = [
          `[\`${name}\`](${url})`,
          title,
          why,
          tier + remedied,
          severity,
          limitsOf(limits),
          controls.join(", "),
        ];
        return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
      },
    ),
  ];
}

function limitsOf(limits: Readonly<Record<string, Limit>>): string {
  return Object.entries(limits)
    .map(
      ([name, limit]) =>
        `\`${name}\`: ${Array.isArray(limit) ? limit.map((one) => `\`${one}\``).join(" ") : limit}`,
    )
    .join("; ");
}
