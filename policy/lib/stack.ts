import type { PolicyResource } from "@pulumi/policy";
import type { Judged, ResourceToken } from "./resourceTypes";

/** A resource of a stack, with what it refers to. Its properties are its outputs. */
export type StackResource<T extends ResourceToken = ResourceToken> = Judged<T> & {
  /** The resource's source in the engine. */
  readonly source: PolicyResource;
};

/** Any resource, to start from. */
interface Start {
  readonly urn: string;
  readonly type: string;
  readonly source: PolicyResource;
}

/**
 * The resources of a stack. Rules find related resources by the references the program made, never by comparing
 * ids and names: those are unknown in a preview.
 */
export class Stack {
  /** The types that rules asked for. */
  readonly lookedAt = new Set<string>();
  readonly #byUrn = new Map<string, Start>();
  readonly #byType = new Map<string, Start[]>();
  readonly #byParent = new Map<string, Start[]>();
  readonly #found = new Map<string, Start[]>();

  constructor(readonly resources: readonly PolicyResource[]) {
    for (const source of resources) {
      const resource = asStackResource(source);
      this.#byUrn.set(source.urn, resource);
      append(this.#byType, source.type, resource);
      if (source.parent) append(this.#byParent, source.parent.urn, resource);
    }
  }

  ofType<T extends ResourceToken>(...types: readonly T[]): StackResource<T>[] {
    for (const type of types) this.lookedAt.add(type);
    return types.flatMap((type) => this.#byType.get(type) ?? []) as unknown as StackResource<T>[];
  }

  /**
   * The resources of a type that a property refers to, also by way of others: an alias's name leads to its function,
   * an `awsx:ec2:Vpc` to the one VPC in it.
   *
   * @param property  @default any property
   */
  references<T extends ResourceToken>(from: Start, type: T, property = ""): StackResource<T>[] {
    this.lookedAt.add(type);
    const key = `${from.urn} ${type} ${property}`;
    const found = this.#found.get(key) ?? this.#search(from, type, property);
    this.#found.set(key, found);
    return found as unknown as StackResource<T>[];
  }

  /** The resources of a type that refer, by a property, to the resource given. */
  referring<T extends ResourceToken>(to: Start, type: T, property?: string): StackResource<T>[] {
    return this.ofType(type).filter((resource) =>
      this.references(resource as unknown as Start, to.type as ResourceToken, property).some(
        ({ urn }) => urn === to.urn,
      ),
    );
  }

  /**
   * Does as {@link references} does; where the program refers to a component with several of them instead (the subnets
   * of an `awsx:ec2:Vpc`), the resources with the ids given. Those are known without an engine, and after a deployment.
   */
  linked<T extends ResourceToken>(
    from: Start,
    type: T,
    property: string,
    ids: () => string | readonly string[] | undefined,
  ): StackResource<T>[] {
    const referred = this.references(from, type, property);
    if (referred.length > 0) return referred;
    const candidates = this.ofType(type);
    if (candidates.length === 0) return [];
    const wanted = [ids() ?? []].flat();
    return candidates.filter((resource) => wanted.includes(idOf(resource)));
  }

  /** Whether a resource is made after another one. */
  dependsOn(resource: Start, other: Start): boolean {
    const seen = new Set<string>();
    const visit = (source: PolicyResource): boolean =>
      source.dependencies.some((next) => {
        if (seen.has(next.urn)) return false;
        seen.add(next.urn);
        return next.urn === other.urn || visit(next);
      });
    return visit(resource.source);
  }

  #search(from: Start, type: string, property: string): Start[] {
    const found = new Map<string, Start>();
    const seen = new Set<string>();
    const visit = (next: readonly PolicyResource[]) => {
      for (const { urn } of next) {
        const resource = this.#byUrn.get(urn);
        if (resource === undefined || seen.has(urn)) continue;
        seen.add(urn);
        // The search ends at a resource of the type; what that one refers to does not count.
        if (resource.type === type) {
          found.set(urn, resource);
          continue;
        }
        const [inside, ...others] = this.#inside(resource, type);
        if (inside !== undefined && others.length === 0) found.set(inside.urn, inside);
        else visit(referred(resource.source));
      }
    };
    visit(property === "" ? referred(from.source) : (from.source.propertyDependencies[property] ?? []));
    return [...found.values()];
  }

  /** The resources of a type that a component consists of. */
  #inside({ urn }: Start, type: string): Start[] {
    return (this.#byParent.get(urn) ?? []).flatMap((child) => [
      ...(child.type === type ? [child] : []),
      ...this.#inside(child, type),
    ]);
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function idOf(resource: { readonly props: object }): string {
  return (resource.props as { id: string }).id;
}

function referred(resource: PolicyResource): PolicyResource[] {
  return Object.values(resource.propertyDependencies).flat();
}

function asStackResource(source: PolicyResource): Start {
  const { type, name, urn, props, opts, provider } = source;
  return {
    type,
    name,
    urn,
    props,
    protect: opts.protect,
    deleteBeforeReplace: opts.deleteBeforeReplace ?? false,
    provider: provider?.props ?? {},
    source,
  } as Start;
}
