/** The findings of a campaign; a section of docs/reliability.md. */
export interface CampaignReport {
  readonly name: string;
  /** The options it ran with, by which it runs again. */
  readonly options: string;
  /** Seconds. */
  readonly took: number;
  /** The inputs that were tried, and how often. */
  readonly tried: readonly (readonly [what: string, times: number])[];
  /** Each broken promise with the smallest input that breaks it. */
  readonly findings: readonly string[];
  /** More of the report, as Markdown. */
  readonly details: readonly string[];
}

/** How far a campaign goes. */
export interface CampaignOptions {
  readonly seed: number;
  /** Inputs in all, for `fuzz`, `files` and `iam`. */
  readonly count: number;
  /** For `load`. */
  readonly minutes: number;
}

/** Writes a report as a section. */
export function sectionOf({ name, options, took, tried, findings, details }: CampaignReport): string {
  const rows = tried.map(([what, times]) => `| ${what} | ${times.toLocaleString("en")} |`);
  const held =
    findings.length === 0
      ? "Every promise held."
      : `${findings.length} broken:\n\n${findings.map((finding) => `- ${inline(finding)}`).join("\n")}`;
  return [
    `## ${name}`,
    `\`npm run campaign -- ${name} ${options}\`, ${Math.round(took)} s on ${process.platform} ${process.arch} with Node.js ${process.versions.node}.`,
    ["| tried | times |", "| --- | ---: |", ...rows].join("\n"),
    held,
    ...details,
  ].join("\n\n");
}

/** Puts a section in place of the one of its name, in the order of the names that the document has. */
export function withSection(document: string, section: string): string {
  const [title = ""] = section.split("\n");
  const parts = document.split(/^(?=## )/m);
  const at = parts.findIndex((part) => part.startsWith(`${title}\n`));
  if (at < 0) return `${document.trimEnd()}\n\n${section}\n`;
  parts[at] = `${section}\n${at === parts.length - 1 ? "" : "\n"}`;
  return parts.join("");
}

function inline(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").slice(0, 500);
}
