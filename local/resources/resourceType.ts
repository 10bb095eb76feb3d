import type { Cloud } from "../cloud/cloud";

/** A plain value as it crosses Pulumi's wire. Archives and assets appear as {@link ArchiveValue} and {@link AssetValue}. */
export type Value = unknown;

/** Property bag of a resource, by Pulumi's (camelCase) property names. */
export type Properties = Record<string, Value>;

/** A Pulumi `FileArchive`: absolute path of a zip file or a folder; empty for one of the past, of which the hash is left. */
export interface ArchiveValue {
  readonly archive: string;
  /** Of the content, hex, where the engine tells it. */
  readonly sha256?: string;
}

/** A Pulumi `FileAsset` (absolute path, and its content's hash in hex, which tells a changed file) or `StringAsset` (text). */
export type AssetValue = { readonly asset: string; readonly sha256?: string } | { readonly text: string };

/** One resource as the program declared it, references resolved: what every reader of the program works on. */
export interface Declared {
  readonly urn: string;
  /** Pulumi's type token, e.g. `aws:lambda/function:Function`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Custom resources have an id and a cloud behind them; components do not. */
  readonly custom: boolean;
  readonly inputs: Properties;
  /** Inputs, what the cloud adds to them ({@link ResourceType.outputs}) and `id`. */
  readonly outputs: Properties & { id?: string };
  readonly parent?: string;
  /** URNs this resource waits for, `dependsOn` and references alike. */
  readonly dependencies: readonly string[];
  /** URNs each input property refers to. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
}

/** What a resource type may know of its surroundings when it says what a resource will look like. */
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
export type Neighbour = Pick<Declared, "urn" | "type" | "name" | "inputs" | "outputs">;

/** The resources among which one is declared, as far as they are known. */
export interface Neighbours {
  /** Those of a type; in a preview without the outputs that AWS gives later. */
  of(type: string): readonly Neighbour[];
  /** Whether these are all there will be: the engine tells of one after another, and not which one is the last. */
  readonly complete: boolean;
}

/**
 * One AWS resource type as the local cloud knows it. The recorder uses {@link outputs}, `npm start`
 * `create`, `update` and `delete`, the provider for the real engine all of it.
 */
export interface ResourceType {
  readonly type: string;
  /** Every input property that is known; another one is refused by name, never ignored silently. */
  readonly inputs: readonly string[];
  /** Properties whose change makes AWS replace the resource. */
  readonly replaceOn: readonly string[];
  /**
   * Physical name property (`name`, `bucket`, …) that Pulumi fills in when the program leaves it out. A name
   * that is in `replaceOn` is one that AWS takes once; with `within`, once for each value of that property (an alias:
   * for each function).
   */
  readonly autoName?: {
    readonly property: string;
    readonly maxLength: number;
    readonly lowerCase?: boolean;
    readonly within?: string;
  };
  /** Outputs that `create` and `update` give anew (a version's number, what is made of it): unknown in a preview. */
  readonly assigned?: readonly string[];
  /**
   * Whether what `create` does outlives a restart of the local cloud by itself (an object in its bucket, a model on its
   * volume), and need not be done again then. @default false
   */
  readonly durable?: boolean;
  /** Throws an Error, one line with the cure, for what AWS would refuse. Sees inputs, which may be unknown in preview. */
  check?(inputs: Properties, name: string): void;
  /**
   * As {@link check}, for what is wrong in view of other resources. What a property refers to is told before the
   * resource itself; an unknown value may mean any of those whose own is unknown.
   */
  checkAmong?(inputs: Properties, neighbours: Neighbours): void;
  /** What AWS adds to the inputs, `id` included. Pure: the same inputs in the same place give the same outputs. */
  outputs(
    inputs: Properties,
    resource: { name: string; urn: string },
    place: Placement,
  ): Properties & { id: string };
  /** Makes it real in the local cloud. What it returns is merged over {@link outputs}. Absent: nothing to make. */
  create?(resource: Declared, cloud: Cloud): Promise<Properties | undefined>;
  /** In place; `old` is what stood before. Absent: `create` again. */
  update?(resource: Declared, old: Declared, cloud: Cloud): Promise<Properties | undefined>;
  delete?(resource: Declared, cloud: Cloud): Promise<void>;
  /** What stands of it, as outputs that differ from those given; `undefined` when it is gone. Absent: what was made last. */
  read?(resource: Declared, cloud: Cloud): Promise<Properties | undefined>;
}
