import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** A violation that a stack takes on purpose: in `Pulumi.<stack>.yaml`, `<project>:policyExceptions`. */
export interface Exception {
  /** Name of the rule. */
  readonly rule: string;
  /** Logical name of the resource; `*` stands for any characters. */
  readonly resource: string;
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** The exceptions of a stack, and what is wrong with how they are written. */
export interface StackExceptions {
  readonly exceptions: readonly Exception[];
  readonly mistakes: readonly string[];
}

/**
 * Reads a stack's exceptions from its file: the engine gives a policy pack no configuration but the pack's own, and
 * the stack's URNs say which file it is.
 */
export function readExceptions(projectDir: string, project: string, stack: string): StackExceptions {
  const file = path.join(projectDir, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(file)) return { exceptions: [], mistakes: [] };
  const key = `${project}:policyExceptions`;
  const content = (parse(fs.readFileSync(file, "utf8")) ?? {}) as { config?: Record<string, unknown> };
  const list = content.config?.[key] ?? [];
  if (!Array.isArray(list)) return { exceptions: [], mistakes: [`\`${key}\` is not a list`] };
  const mistakes = list.flatMap((entry, index) => {
    const mistake = mistakeIn(entry);
    return mistake === undefined ? [] : [`\`${key}[${index}]\` ${mistake}`];
  });
  return { exceptions: list.filter((entry) => mistakeIn(entry) === undefined) as Exception[], mistakes };
}

/** Whether an exception is for this rule and resource, whatever its date. */
export function covers(exception: Exception, rule: string, resource: string): boolean {
  const pattern = exception.resource.split("*").map(escapePattern);
  return exception.rule === rule && new RegExp(`^${pattern.join(".*")}$`).test(resource);
}

/** @param today  `YYYY-MM-DD`. */
export function isExpired(exception: Exception, today: string): boolean {
  return exception.expires < today;
}

function mistakeIn(entry: unknown): string | undefined {
  const fields = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
  for (const field of ["rule", "resource", "reason", "expires"]) {
    const value = fields[field];
    if (typeof value !== "string" || value.trim() === "") return `has no \`${field}\``;
  }
  const expires = String(fields.expires);
  return isDay(expires)
    ? undefined
    : `has \`expires: ${expires}\`, which is no date of the form "2027-12-31"`;
}

/** Date takes the 30th of February, too, for the 2nd of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function escapePattern(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
