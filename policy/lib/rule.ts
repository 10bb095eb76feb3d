import type { Severity } from "@pulumi/policy";
import type { StackExceptions } from "./exceptions";
import type { Tier } from "./profile";
import type { Judged, PropertiesOf, ResourceToken } from "./resourceTypes";
import type { Stack, StackResource } from "./stack";

/** A rule's finding: the measured value and the limit, in words a person can read. */
export interface Finding {
  /** The actual value, e.g. `61.0 MB zipped`. */
  readonly found: string;
  /** The allowed value, e.g. `at most 50.0 MB`. */
  readonly allowed: string;
  /** Not yet a violation: the deployment goes on. */
  readonly warning?: boolean;
}

/** Nothing, one thing or several things wrong with a resource. */
export type Findings = Finding | readonly Finding[] | undefined;

/** A value that the user may set in the pack's configuration, by its default. */
export type Limit = number | string | boolean | readonly string[];

interface RuleDescription<T extends ResourceToken, L extends Readonly<Record<string, Limit>>> {
  /** Stable: exceptions and configuration name it. Kebab case, the service first. */
  readonly name: string;
  /** The demand, as a sentence without its full stop. */
  readonly title: string;
  /** Why, in a sentence or two. */
  readonly why: string;
  /** The cure of a violation, as a sentence. */
  readonly cure: string;
  readonly severity: Severity;
  /** @default baseline */
  readonly tier?: Tier;
  /** The page that says so. */
  readonly url: string;
  /**
   * The published controls that it covers: what they reject it reports, and a stack exists that both pass
   * (`test/policy/controls/` has both). E.g. `Lambda.1`, `CKV_AWS_258`, `AwsSolutions-S1`.
   */
  readonly controls?: readonly string[];
  /** The resource types that it judges. A stack without any of these has not run the rule. */
  readonly types: readonly T[];
  /** Defaults of what the pack's configuration may set. */
  readonly limits?: L;
  /** Whether an exception has to name its resource in full. */
  readonly namedExceptionsOnly?: boolean;
}

/** The context of a check, beside the resource. */
export interface ResourceContext<L> {
  readonly limits: L;
  /** Absolute folder that paths of archives are relative to; `undefined` where nobody knows it. */
  readonly root: string | undefined;
}

/** The {@link ResourceContext} of a rule that needs the other resources. */
export interface StackContext<L> extends ResourceContext<L> {
  readonly stack: Stack;
}

/** A rule that needs to see one resource only; it runs before the resource is made. */
export interface ResourceRule<
  T extends ResourceToken = ResourceToken,
  L extends Readonly<Record<string, Limit>> = Readonly<Record<string, Limit>>,
> extends RuleDescription<T, L> {
  readonly scope: "resource";
  check(resource: Judged<T>, context: ResourceContext<L>): Findings | Promise<Findings>;
  /** Sets, on the properties themselves, what the check asks for. Only where any stack is right with it. */
  remediate?(props: PropertiesOf<T>): void;
}

/** A rule about resources in relation to each other; it runs at the end of a preview or deployment. */
export interface StackRule<
  T extends ResourceToken = ResourceToken,
  L extends Readonly<Record<string, Limit>> = Readonly<Record<string, Limit>>,
> extends RuleDescription<T, L> {
  readonly scope: "stack";
  /** Is called for each resource of {@link RuleDescription.types}. */
  check(resource: StackResource<T>, context: StackContext<L>): Findings | Promise<Findings>;
}

/** A rule about the stack's configuration of this pack rather than about what it declares. */
export interface ExceptionsRule<L extends Readonly<Record<string, Limit>> = Readonly<Record<string, Limit>>>
  extends RuleDescription<never, L> {
  readonly scope: "exceptions";
  check(
    exceptions: StackExceptions,
    context: { readonly limits: L; readonly today: string; readonly rules: readonly Rule[] },
  ): Findings;
}

export type Rule = ResourceRule | StackRule | ExceptionsRule;

/** Declares a rule about one resource by itself. */
export function resourceRule<const T extends ResourceToken, const L extends Readonly<Record<string, Limit>>>(
  rule: Omit<ResourceRule<T, Widened<L>>, "scope" | "limits"> & { readonly limits?: L },
): Rule {
  return { scope: "resource", ...rule } as unknown as Rule;
}

/** Declares a rule that needs the rest of the stack. */
export function stackRule<const T extends ResourceToken, const L extends Readonly<Record<string, Limit>>>(
  rule: Omit<StackRule<T, Widened<L>>, "scope" | "limits"> & { readonly limits?: L },
): Rule {
  return { scope: "stack", ...rule } as unknown as Rule;
}

/** Declares a rule about the stack's exceptions. */
export function exceptionsRule<const L extends Readonly<Record<string, Limit>>>(
  rule: Omit<ExceptionsRule<Widened<L>>, "scope" | "limits"> & { readonly limits?: L },
): Rule {
  return { scope: "exceptions", ...rule } as unknown as Rule;
}

/** A default `50` makes a limit of type `number`. */
type Widened<L> = {
  readonly [K in keyof L]: L[K] extends number
    ? number
    : L[K] extends string
      ? string
      : L[K] extends boolean
        ? boolean
        : readonly string[];
};
