import type { PolicyResource } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import type { Judged } from "./judged";
import type { ResourceToken } from "./resourceTypes";
import type { Limit, Rule } from "./rule";
import { type RuleRun, runExceptionsRule, runResourceRule, runStackRule, type Surroundings } from "./runRule";
import { Stack } from "./stack";
import { withUnknownChecks } from "./unknownValues";

/**
 * A resource as a program declares it, without an engine: archives as `{ archive: path }` or `{ assets }`, assets as `{ asset: path }`
 * or `{ text }`, the digest of what they hold (`sha256`) with them or not.
 */
export interface DeclaredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly deleteBeforeReplace?: boolean;
}

/**
 * Runs rules over a declared stack as the engine would: resource rules see inputs, stack rules outputs, both through
 * the proxy that throws at values which are not known. Disabled rules are left out.
 *
 * @param configured  Limits by rule, as the pack's configuration would set them.
 */
export async function judgeStack(
  rules: readonly Rule[],
  resources: readonly DeclaredResource[],
  surroundings: Surroundings,
  configured: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {},
): Promise<RuleRun[]> {
  const inputs = resources.map(
    ({ type, name, urn, inputs, protect = false, deleteBeforeReplace = false }) =>
      ({
        type,
        name,
        urn,
        props: asShown(inputs),
        protect,
        deleteBeforeReplace,
      }) as unknown as Judged<ResourceToken>,
  );
  const stack = new Stack(asPolicyResources(resources));
  const ruleNames = rules.map(({ name }) => name);
  const runs: RuleRun[] = [];
  for (const rule of rules) {
    const limits = configured[rule.name];
    if (rule.level === "disabled" && limits === undefined) continue;
    switch (rule.scope) {
      case "resource":
        runs.push(await runResourceRule(rule, inputs, surroundings, limits));
        break;
      case "stack":
        runs.push(await runStackRule(rule, stack, surroundings, limits));
        break;
      case "exceptions":
        if (resources[0]) {
          runs.push(runExceptionsRule(rule, resources[0].urn, ruleNames, surroundings, limits));
        }
    }
  }
  return runs;
}

function asPolicyResources(resources: readonly DeclaredResource[]): PolicyResource[] {
  const byUrn = new Map<string, PolicyResource>();
  for (const { type, name, urn, outputs, protect = false, deleteBeforeReplace } of resources) {
    byUrn.set(urn, {
      ...{ type, name, urn, props: asShown(outputs) },
      opts: {
        protect,
        deleteBeforeReplace,
        ignoreChanges: [],
        aliases: [],
        additionalSecretOutputs: [],
      } as never,
      dependencies: [],
      propertyDependencies: {},
      isType: () => false,
      asType: () => undefined,
    });
  }
  const find = (urns: readonly string[]) =>
    urns.map((urn) => byUrn.get(urn)).filter((resource) => resource !== undefined);
  for (const { urn, parent, dependencies, propertyDependencies } of resources) {
    Object.assign(byUrn.get(urn) as PolicyResource, {
      parent: parent === undefined ? undefined : byUrn.get(parent),
      dependencies: find(dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, urns]) => [property, find(urns)]),
      ),
    });
  }
  return [...byUrn.values()];
}

function asShown(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withUnknownChecks(asEngineValue(properties) as Record<string, unknown>);
}

function asEngineValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asEngineValue);
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.asset.Archive.isInstance(value) || pulumi.asset.Asset.isInstance(value)) return value;
  const { archive, asset, assets, text } = value as Record<string, unknown>;
  const isAlone = Object.keys(value).filter((key) => key !== "sha256").length === 1;
  if (isAlone && typeof archive === "string") return new pulumi.asset.FileArchive(archive);
  if (isAlone && typeof asset === "string") return new pulumi.asset.FileAsset(asset);
  if (isAlone && typeof assets === "object") {
    return new pulumi.asset.AssetArchive(asEngineValue(assets) as pulumi.asset.AssetMap);
  }
  if (isAlone && typeof text === "string") return new pulumi.asset.StringAsset(text);
  // As the engine sends them: a property that is undefined does not exist.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, asEngineValue(item)]),
  );
}
