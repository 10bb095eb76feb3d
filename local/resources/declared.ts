import type { Properties } from "./value";

/** A resource of any type as the program declared it, references resolved: what every reader of the program works on. */
export interface Declared<Inputs = Properties, Outputs = Properties & { id?: string }> {
  readonly urn: string;
  /** Pulumi's type token, e.g. `aws:lambda/function:Function`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Custom resources have an id and a cloud behind them; components do not. */
  readonly custom: boolean;
  readonly inputs: Inputs;
  /** Inputs, what the cloud adds to them, and `id`. */
  readonly outputs: Outputs;
  readonly parent?: string;
  /** URNs this resource waits for, `dependsOn` and references alike. */
  readonly dependencies: readonly string[];
  /** URNs each input property refers to. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  /** URN of a provider that the program made for it. Only where the program is only judged, as is the next. */
  readonly provider?: string;
  /** The line of the program that declares it; the file is relative to the program's folder. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** The context in which a resource type gives its outputs. */
export interface Placement {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly project: string;
  readonly stack: string;
  /**
   * Base address, without a slash at the end, that the local cloud gives to a function URL or REST API;
   * `undefined` where nothing listens (policies, tests of the declaration), then AWS's own form is used.
   */
  address(type: string, name: string): string | undefined;
}

/** A resource as another one sees it. */
export type Sibling<Inputs = Properties, Outputs = Properties> = Pick<
  Declared<Inputs, Outputs>,
  "urn" | "type" | "name" | "inputs" | "outputs"
>;
