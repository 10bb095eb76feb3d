import type { Declared } from "@paddock/local/program";
import type { PolicyResource } from "@pulumi/policy";
import {
  Archive,
  Asset,
  AssetArchive,
  type AssetMap,
  FileArchive,
  FileAsset,
  RemoteArchive,
  RemoteAsset,
  StringAsset,
} from "@pulumi/pulumi/asset";
import type { RuleSetup } from "./configuration";
import type { Judged, ResourceToken } from "./resourceTypes";
import type { Rule } from "./rule";
import { type RuleRun, type RunContext, runExceptionsRule, runResourceRule, runStackRule } from "./runRule";
import { Stack } from "./stack";
import { withUnknownChecks } from "./unknownValues";

/** The rules' results for a declared stack. */
export interface Judgement {
  readonly runs: readonly RuleRun[];
  /** The types that rules looked at, by themselves or beside others. */
  readonly lookedAt: ReadonlySet<string>;
}

export interface JudgeOptions extends RunContext {
  setupOf(rule: Rule): RuleSetup;
  /** Settings of the provider that resources have whose program made none for them. */
  readonly defaultProvider?: Readonly<Record<string, unknown>>;
}

/**
 * Runs rules over a declared stack as the engine would: resource rules see inputs, stack rules outputs, both through
 * the proxy that throws at values which are not known. Disabled rules are left out.
 */
export async function judgeStack(
  rules: readonly Rule[],
  resources: readonly Declared[],
  options: JudgeOptions,
): Promise<Judgement> {
  const providers = providersOf(resources, options.defaultProvider ?? {});
  const inputs = resources.map((resource) => asJudged(resource, providers(resource)));
  const stack = new Stack(asPolicyResources(resources, providers));
  const runs: RuleRun[] = [];
  for (const rule of rules) {
    const setup = options.setupOf(rule);
    if (setup.level === "disabled") continue;
    switch (rule.scope) {
      case "resource":
        for (const type of rule.types) stack.lookedAt.add(type);
        runs.push(await runResourceRule(rule, inputs, setup, options));
        break;
      case "stack":
        runs.push(await runStackRule(rule, stack, setup, options));
        break;
      case "exceptions":
        runs.push(runExceptionsRule(rule, rules, setup, options));
    }
  }
  return { runs, lookedAt: stack.lookedAt };
}

type ProviderOf = (resource: Declared) => Readonly<Record<string, unknown>>;

function providersOf(
  resources: readonly Declared[],
  byDefault: Readonly<Record<string, unknown>>,
): ProviderOf {
  const settings = new Map(
    resources
      .filter(({ type }) => type.startsWith("pulumi:providers:"))
      .map(({ urn, inputs }) => [urn, asShown(inputs)]),
  );
  const shownDefault = asShown(byDefault);
  return ({ provider }) => (provider && settings.get(provider)) || shownDefault;
}

function asJudged(
  { type, name, urn, inputs, protect = false, deleteBeforeReplace = false }: Declared,
  provider: Readonly<Record<string, unknown>>,
): Judged<ResourceToken> {
  const judged = { type, name, urn, props: asShown(inputs), protect, deleteBeforeReplace, provider };
  return judged as unknown as Judged<ResourceToken>;
}

function asPolicyResources(resources: readonly Declared[], providerOf: ProviderOf): PolicyResource[] {
  const byUrn = new Map<string, PolicyResource>();
  for (const resource of resources) {
    const { type, name, urn, outputs, protect = false, deleteBeforeReplace } = resource;
    byUrn.set(urn, {
      ...{ type, name, urn, props: asShown(outputs) },
      opts: {
        protect,
        deleteBeforeReplace,
        ignoreChanges: [],
        aliases: [],
        additionalSecretOutputs: [],
      } as never,
      provider: { type: "pulumi:providers:aws", name: "provider", urn: "", props: providerOf(resource) },
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
  if (Archive.isInstance(value) || Asset.isInstance(value)) return value;
  const isOnly = Object.keys(value).filter((key) => key !== "sha256").length === 1;
  return (isOnly && assetOf(value as Record<string, unknown>)) || asEngineObject(value);
}

/** An archive or asset by its one property. */
function assetOf({ archive, archiveUri, asset, assetUri, assets, text }: Record<string, unknown>) {
  if (typeof archive === "string") return new FileArchive(archive);
  if (typeof archiveUri === "string") return new RemoteArchive(archiveUri);
  if (typeof asset === "string") return new FileAsset(asset);
  if (typeof assetUri === "string") return new RemoteAsset(assetUri);
  if (typeof assets === "object") {
    return new AssetArchive(asEngineValue(assets) as AssetMap);
  }
  return typeof text === "string" ? new StringAsset(text) : undefined;
}

/** Leaves undefined properties out, as the engine does. */
function asEngineObject(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, asEngineValue(item)]),
  );
}
