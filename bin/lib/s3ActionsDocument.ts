import { ACTIONS } from "@paddock/local/s3";

const INTRODUCTION = `# Actions of the local S3

<!-- Made from the actions themselves by \`npm run docs\`; what is written here is overwritten. -->

Each parameter that AWS's SDK has for an action is *served*, does what it does on AWS; *inert*, makes no difference on one
machine; or *refused*, and then the request gets S3's error with its name. An action that is not listed answers 501
\`NotImplemented\` with what was asked for.`;

type Treatment = (typeof ACTIONS)[number]["parameters"][string];

/** docs/s3-actions.md: what the local S3 does with each parameter of the actions that it serves, and why. */
export function s3ActionsDocument(): string {
  const actions = [...ACTIONS].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${[INTRODUCTION, ...actions.map(({ name, parameters }) => sectionOf(name, parameters))].join("\n\n")}\n`;
}

function sectionOf(name: string, parameters: Readonly<Record<string, Treatment>>): string {
  const rows = new Map<string, string[]>();
  for (const [parameter, treatment] of Object.entries(parameters).sort()) {
    const key = `| ${treatment.kind} | ${reasonOf(treatment)} |`;
    rows.set(key, [...(rows.get(key) ?? []), labelOf(parameter, treatment)]);
  }
  return [
    `## ${name}`,
    "",
    "| | why | parameters |",
    "| --- | --- | --- |",
    ...[...rows].sort().map(([key, labels]) => `${key} ${labels.join(", ")} |`),
  ].join("\n");
}

function reasonOf(treatment: Treatment): string {
  const reason = treatment.reason ?? "";
  const text = "code" in treatment ? `\`${treatment.code}\`${reason && `: ${reason}`}` : reason;
  return text.replaceAll("|", "\\|");
}

/** A rejected one with its header, or its `?` query parameter. */
function labelOf(parameter: string, treatment: Treatment): string {
  return "wireName" in treatment ? `${parameter} (\`${treatment.wireName}\`)` : parameter;
}
