import { REMOTE_COMPONENTS, RESOURCE_TYPES, type Treatments } from "@paddock/local/cloud";

const INTRODUCTION = `# Resource types of the local cloud

<!-- Made from the types themselves by \`npm run docs\`; what is written here is overwritten. -->

Each property of a resource is *served*, does what it does on AWS; *inert*, makes no difference on one machine; or
*refused*, and then \`npm start\`, a preview and \`npm run local\` fail with its name. A resource type or a property that is
not listed fails likewise. Properties in bold are required.`;

/** How a property is treated, by its path (`vpcConfig.subnetIds`). */
interface Property {
  readonly path: string;
  readonly kind: "served" | "required" | "inert" | "refused";
  readonly reason: string;
}

/** docs/resource-types.md: what the local cloud does with each property of the types it knows, and why. */
export function resourceTypesDocument(): string {
  const types = [...RESOURCE_TYPES, ...REMOTE_COMPONENTS].sort((a, b) => (a.type < b.type ? -1 : 1));
  const sections = types.map(({ type, properties }) => sectionOf(type, propertiesIn(properties)));
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

function propertiesIn(treatments: Treatments, prefix = ""): Property[] {
  return Object.entries(treatments).flatMap(([name, treatment]) => {
    const path = prefix + name;
    if (treatment.kind === "nested") return propertiesIn(treatment.properties, `${path}.`);
    return [{ path, kind: treatment.kind, reason: treatment.reason ?? "" }];
  });
}

function sectionOf(type: string, properties: readonly Property[]): string {
  const served = properties
    .filter(({ kind }) => kind === "served" || kind === "required")
    .map(({ path, kind }) => (kind === "required" ? `**\`${path}\`**` : `\`${path}\``));
  const rows = rowsOf(properties.filter(({ kind }) => kind === "inert" || kind === "refused"));
  const table = rows.length > 0 ? ["", "| | properties | why |", "| --- | --- | --- |", ...rows] : [];
  return [`## ${className(type)}`, "", `Served: ${served.join(", ")}`, ...table].join("\n");
}

/** One row for the properties that are treated alike for the same reason. */
function rowsOf(properties: readonly Property[]): string[] {
  const rows = new Map<string, string[]>();
  for (const { path, kind, reason } of properties) {
    const key = `${kind}\n${reason}`;
    rows.set(key, [...(rows.get(key) ?? []), `\`${path}\``]);
  }
  return [...rows].sort().map(([key, paths]) => {
    const [kind, reason] = key.split("\n");
    return `| ${kind} | ${paths.join(", ")} | ${reason?.replaceAll("|", "\\|")} |`;
  });
}

/** `aws:ec2/vpc:Vpc` as the program writes it, `aws.ec2.Vpc`. */
function className(type: string): string {
  return type.replace(/\/[^:]*/, "").replaceAll(":", ".");
}
