import * as pulumi from "@pulumi/pulumi";
import { nearest } from "./nearest";

/** Reads values from Pulumi's config, with this project's error messages. */
export class SettingsReader {
  readonly #config: pulumi.Config;

  /** Keys that were asked for. */
  readonly #known = new Set<string>();

  constructor(config: pulumi.Config) {
    this.#config = config;
  }

  oneOf<const T extends string | number>(key: string, allowed: readonly T[]): T {
    const text = this.#text(key);
    const found = allowed.find((value) => String(value) === text);
    if (found === undefined) throw this.error(key, text, `one of ${allowed.join(", ")}`);
    return found;
  }

  integer(key: string, min: number, max: number): number {
    const text = this.#text(key);
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max || text.trim() === "") {
      throw this.error(key, text, `a whole number from ${min} to ${max}`);
    }
    return value;
  }

  boolean(key: string): boolean {
    return this.oneOf(key, ["true", "false"]) === "true";
  }

  /** Reads a string of a given form; `undefined` if the setting is empty. */
  matching(key: string, form: RegExp, allowed: string): string | undefined {
    const text = this.#text(key);
    if (!form.test(text)) throw this.error(key, text, `${allowed}, or empty`);
    return text || undefined;
  }

  origins(key: string): string[] {
    return this.list(
      key,
      'a list of origins such as ["https://example.com"], or ["*"]',
      (item) => item === "*" || /^https?:\/\/[^/\s]+$/.test(item),
    );
  }

  /** Reads a list of texts such as `cron(0 7 ? * MON-FRI *) 5`: when, in UTC, and how many from then on. */
  schedules(key: string): { readonly schedule: string; readonly instances: number }[] {
    const form = /^((?:cron|rate|at)\([^()]+\)) ([1-9]\d{0,2}|1000)$/;
    const allowed = 'a list such as ["cron(0 7 ? * MON-FRI *) 5"], each with a number of 1 or more, or []';
    return this.list(key, allowed, (item) => form.test(item)).map((item) => {
      const [, schedule = "", instances] = form.exec(item) ?? [];
      return { schedule, instances: Number(instances) };
    });
  }

  /** Reads the id of an existing resource, for example `vpc-0a1b2c3d`; `undefined` if the setting is empty. */
  id(key: string, prefix: string): string | undefined {
    const text = this.#text(key);
    if (text === "") return undefined;
    if (!isId(text, prefix))
      throw this.error(key, text, `an id such as ${prefix}-0123456789abcdef0, or empty`);
    return text;
  }

  ids(key: string, prefix: string): string[] {
    const allowed = `a list of ids such as ["${prefix}-0123456789abcdef0"], or []`;
    return this.list(key, allowed, (item) => isId(item, prefix));
  }

  /**
   * Rejects what the stack sets and nothing has asked for: a mistyped name would leave the default without a word.
   *
   * @param others  Keys of the project that others read.
   */
  rejectUnknown(others: readonly string[]): void {
    const known = [...this.#known, ...others];
    const project = this.#config.name;
    for (const full of Object.keys(pulumi.runtime.allConfig())) {
      const [namespace = "", key = ""] = full.split(/:(.*)/s);
      if (namespace === project && !known.includes(key)) {
        throw new Error(
          `Setting \`${full}\` is unknown${nearest(key, known)}: Pulumi.yaml lists all. ${this.#cure()}`,
        );
      }
      if (namespace !== project && this.#isMeant(namespace, key)) {
        throw new Error(
          `Setting \`${full}\` has the namespace of another package: it must be \`${project}:${key}\`. ${this.#cure()}`,
        );
      }
    }
  }

  /** Whether a key of another namespace is meant for this project: by a mistyped name of it, or under the provider's. */
  #isMeant(namespace: string, key: string): boolean {
    const isMistyped = nearest(namespace, [this.#config.name]) !== "";
    return isMistyped || (["aws", "pulumi"].includes(namespace) && this.#known.has(key));
  }

  #cure(): string {
    return `Change it with \`pulumi config set\` or in Pulumi.${pulumi.getStack()}.yaml.`;
  }

  /** Reads an object of strings. */
  object(key: string, allowed: string): Readonly<Record<string, string>> {
    const text = this.#text(key);
    const value = this.#parse(key, text, allowed);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.error(key, text, allowed);
    }
    // The CLI writes what looks like a number or a boolean as one.
    const entries = Object.entries(value).map(([name, item]) => [name, String(item)]);
    if (Object.values(value).some((item) => typeof item === "object")) throw this.error(key, text, allowed);
    return Object.fromEntries(entries);
  }

  list(key: string, allowed: string, isItem: (item: string) => boolean): string[] {
    const text = this.#text(key);
    const value = this.#parse(key, text, allowed);
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string" && isItem(item))) {
      throw this.error(key, text, allowed);
    }
    return value;
  }

  #parse(key: string, text: string, allowed: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.error(key, text, allowed);
    }
  }

  #text(key: string): string {
    this.#known.add(key);
    const text = this.#config.get(key);
    if (text === undefined) throw this.error(key, undefined, "set; Pulumi.yaml has its default");
    return text;
  }

  /** The error of a setting that is not what it must be. */
  error(key: string, text: string | undefined, allowed: string): Error {
    const is = text === undefined ? "is not set" : `is ${JSON.stringify(text)}`;
    return new Error(`Setting \`${this.#config.name}:${key}\` ${is}; it must be ${allowed}. ${this.#cure()}`);
  }
}

function isId(text: string, prefix: string): boolean {
  return text.startsWith(`${prefix}-`) && /^[0-9a-f]{8,17}$/.test(text.slice(prefix.length + 1));
}
