import path from "node:path";
import type { PolicyPack } from "@pulumi/policy";
import { type PackConfiguration, setupOf } from "./lib/configuration";
import type { Exception } from "./lib/exceptions";
import { findProjectDir, programFolder } from "./lib/programFolder";
import type { Rule } from "./lib/rule";
import type { RunContext } from "./lib/runRule";
import { DEFAULT_SETTINGS, readStackSettings, type StackSettings, settingsIn } from "./lib/stackSettings";
import { type PackContext, toPolicy } from "./lib/toPolicy";
import { RULES } from "./rules";

export interface PackOptions {
  /** @default paddock */
  readonly name?: string;
  /** @default every rule of this package */
  readonly rules?: readonly Rule[];
  /** Levels and limits by rule. A file of `--policy-pack-config` goes before them. */
  readonly limits?: PackConfiguration;
  /** Exceptions for every stack, beside those in the stacks' own files. */
  readonly exceptions?: readonly Exception[];
  /** The pack's folder, above which the program may lie. @default the process's, which the engine makes the pack's */
  readonly folder?: string;
}

/**
 * Makes a policy pack of rules, and serves it to the engine at once: nothing but the main file of a pack may call this.
 * The profile and the exceptions of the stack come from its configuration.
 */
export function createPack(options: PackOptions = {}): PolicyPack {
  const { name = "paddock", rules = RULES, limits = {}, folder = process.cwd() } = options;
  const settings = settingsFromEngine();
  const { profile } = settings ?? DEFAULT_SETTINGS;
  const contexts = new Map<string, RunContext>();
  const pack: PackContext = {
    rules,
    levelOf: (rule) => setupOf(rule, profile, limits).level,
    contextOf(urn) {
      const [, , stack = "", project = ""] = urn.split(/::|:/);
      const key = `${project}/${stack}`;
      const context =
        contexts.get(key) ??
        contextOf(project, stack, path.resolve(folder), settings, options.exceptions ?? []);
      contexts.set(key, context);
      return context;
    },
    excepted: [],
  };
  // Last, since it reports what the others let pass.
  const ordered = [...rules].sort(
    (a, b) => Number(a.scope === "exceptions") - Number(b.scope === "exceptions"),
  );
  // The gate has no use for Pulumi's whole SDK, which takes longer to load than all rules.
  const sdk = require("@pulumi/policy") as typeof import("@pulumi/policy");
  return new sdk.PolicyPack(name, {
    description: "What may not be deployed",
    policies: ordered.map((rule) => toPolicy(withLimits(rule, limits), pack)),
  });
}

/** The engine starts a pack for one stack, and gives it that stack's configuration as it gives a program its own. */
function settingsFromEngine(): StackSettings | undefined {
  const { PULUMI_NODEJS_PROJECT: project, PULUMI_CONFIG: config } = process.env;
  return project && config ? settingsIn(JSON.parse(config), project) : undefined;
}

function contextOf(
  project: string,
  stack: string,
  folder: string,
  settings: StackSettings | undefined,
  more: readonly Exception[],
): RunContext {
  const projectDir = findProjectDir(project, folder);
  const { exceptions } = settings ?? (projectDir ? readStackSettings(projectDir, stack) : DEFAULT_SETTINGS);
  return {
    root: projectDir && programFolder(projectDir),
    today: new Date().toISOString().slice(0, 10),
    exceptions: { ...exceptions, exceptions: [...exceptions.exceptions, ...more] },
  };
}

/** The rule with other defaults, so that the engine shows those. */
function withLimits(rule: Rule, configuration: PackConfiguration): Rule {
  const { limits } = setupOf(rule, "strict", configuration);
  return rule.limits ? ({ ...rule, limits } as Rule) : rule;
}
