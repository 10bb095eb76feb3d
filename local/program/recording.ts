import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { remoteComponentOf } from "../cloud/remoteComponents";
import { resourceType, resourceTypeOf } from "../cloud/resourceTypes";
import { withAutoName } from "../resources/autoName";
import type { Declared, Placement } from "../resources/declared";
import type { DeclareChild } from "../resources/remoteComponent";
import { checkProperties } from "../resources/treatment";
import { type ArchiveValue, type Properties, UNKNOWN } from "../resources/value";
import { asFirstPreview, unknownLeaves } from "./asFirstPreview";
import type { ProposeName } from "./autoNaming";
import { genericType } from "./genericType";
import { sourceOf } from "./source";
import { fromWire, toWire, withUnknowns } from "./wireValue";

export interface RecordingOptions {
  readonly place: Placement;
  readonly proposeName: ProposeName;
  /** The program's folder, absolute: archives and assets are relative to it. */
  readonly root: string;
  /** Whether what AWS adds to a resource stays unknown. */
  readonly firstPreview: boolean;
  /** Whether nothing is rejected for not being of the local cloud: it is recorded as it is written, or unknown. */
  readonly onlyJudged: boolean;
}

/** A resource without what its type adds to it. */
type Base = Omit<Declared, "outputs">;

/** A recorded resource, with its outputs as they go back over the wire. */
export interface Recorded {
  readonly urn: string;
  readonly outputs: Properties & { id?: string };
}

/** The resources that a program registers, and what their types add to them. */
export class Recording {
  /** In the order of registration: a resource comes after all that it refers to or depends on. */
  readonly declared: Declared[] = [];
  /** Facts that are not known here, a sentence each. */
  readonly notes = new Set<string>();
  readonly #options: RecordingOptions;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  record(request: RegisterResourceRequest): Recorded {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const { root, onlyJudged } = this.#options;
    const base: Base = {
      urn: this.urnOf(type, name, parent),
      type,
      name,
      custom: request.getCustom(),
      inputs: fromWire(request.getObject()?.toJavaScript() ?? {}, root, onlyJudged) as Properties,
      parent: parent || undefined,
      dependencies: request.getDependenciesList(),
      propertyDependencies: propertyDependenciesOf(request),
      protect: request.getProtect() || undefined,
      deleteBeforeReplace: request.getDeletebeforereplace() || undefined,
      retainOnDelete: request.getRetainondelete() || undefined,
      deletedWith: request.getDeletedwith() || undefined,
      ...(onlyJudged && {
        provider: request.getProvider().split("::").slice(0, -1).join("::") || undefined,
        source: sourceOf(request.getStacktrace(), root),
      }),
    };
    if (request.getRemote()) return this.#expand(base);
    return this.#keep(base.custom ? this.#complete(base) : { ...base, outputs: base.inputs });
  }

  /** The URN's type as the engine makes it: the types of all parents, then the own. */
  urnOf(type: string, name: string, parent: string): string {
    const { stack, project } = this.#options.place;
    const [, , parentType] = parent.split("::");
    const qualified = parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${type}` : type;
    return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
  }

  /** Declares anew the resources whose code is in an archive that has another path now. */
  replaceArchives(archives: ReadonlyMap<string, string>): void {
    for (const [at, { outputs: _, ...base }] of this.declared.entries()) {
      const code = base.inputs.code as ArchiveValue | undefined;
      const archive = archives.get(code?.archive ?? "");
      if (archive === undefined) continue;
      this.declared[at] = this.#complete({ ...base, inputs: { ...base.inputs, code: { archive } } });
    }
  }

  /** Adds what the resource's type says of it. */
  #complete(base: Base): Declared {
    const { type, name, urn, inputs: written } = base;
    const { onlyJudged } = this.#options;
    const ownType = onlyJudged ? (resourceType(type) ?? genericType(type)) : resourceTypeOf(type, name);
    const inputs = withAutoName(written, ownType, name, urn, this.#options.proposeName(base));
    if (!onlyJudged) {
      named(type, name, () => {
        checkProperties(inputs, ownType.properties, this.#options.place);
        ownType.check?.(inputs, name);
      });
    }
    const outputs = () => ownType.outputs(inputs, { name, urn }, this.#placeOf(base));
    return { ...base, inputs, outputs: { ...inputs, ...(onlyJudged ? asFarAsKnown(outputs) : outputs()) } };
  }

  /** A resource, or the provider that the program gives it, may be for another region. */
  #placeOf({ provider, inputs }: Base): Placement {
    const { place } = this.#options;
    const ofProvider = this.declared.find(({ urn }) => urn === provider)?.inputs.region;
    const region = [inputs.region, ofProvider].find(
      (one): one is string => typeof one === "string" && one !== unknownValue,
    );
    return region === undefined ? place : { ...place, region };
  }

  /** Records the children that a remote component's provider would make. */
  #expand(base: Base): Recorded {
    const { root, firstPreview, onlyJudged } = this.#options;
    const at = this.declared.length;
    const children: Declared[] = [];
    let outputs: Properties;
    try {
      outputs = this.#childrenOf(base, children);
    } catch (error) {
      this.declared.splice(at);
      if (!onlyJudged) throw error;
      this.notes.add(`The resources of ${base.type} "${base.name}" are not known, and not judged.`);
      return this.#keep({ ...base, outputs: {} });
    }
    const known = toWire(outputs, new Set(children));
    const onWire = (firstPreview ? unknownLeaves(known) : known) as Properties;
    const whole = { ...base, outputs: fromWire(onWire, root) as Properties };
    // The component itself comes in front of its children, as parents do.
    this.declared.splice(at, 0, firstPreview ? asFirstPreview(whole) : whole);
    return { urn: base.urn, outputs: onWire };
  }

  /** @param children  Is filled. @returns  The component's outputs. */
  #childrenOf(base: Base, children: Declared[]): Properties {
    const { type, name, inputs } = base;
    const { place, firstPreview } = this.#options;
    const component = remoteComponentOf(type, name);
    named(type, name, () => checkProperties(inputs, component.properties, place));
    const declareChild: DeclareChild = (childType, childName, childInputs, parent) => {
      const propertyDependencies = Object.fromEntries(
        Object.entries(childInputs).map(([property, value]) => [
          property,
          children.filter(({ outputs }) => outputs.id === value).map(({ urn }) => urn),
        ]),
      );
      const child = this.#complete({
        urn: this.urnOf(childType, childName, (parent ?? base).urn),
        type: childType,
        name: childName,
        custom: true,
        inputs: childInputs,
        parent: (parent ?? base).urn,
        dependencies: [
          ...new Set([...(parent ? [parent.urn] : []), ...Object.values(propertyDependencies).flat()]),
        ],
        propertyDependencies,
        ...(base.source && { source: base.source }),
      });
      this.#keep(firstPreview ? withoutSiblings(child) : child);
      children.push(child);
      return child;
    };
    return component.expand(inputs, name, place, declareChild);
  }

  #keep(whole: Declared): Declared {
    const declared = this.#options.firstPreview ? asFirstPreview(whole) : whole;
    this.declared.push(declared);
    return declared;
  }
}

/** The outputs that a type adds to a resource with unknown values; an output made from one is unknown, too. */
function asFarAsKnown(outputs: () => Properties & { id: string }): Properties & { id: string } {
  try {
    return withUnknowns(outputs()) as Properties & { id: string };
  } catch {
    return { id: unknownValue };
  }
}

/** Runs a check; its error gets the resource's name in front. */
function named(type: string, name: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw new Error(`${type} "${name}": ${(cause as Error).message}`, { cause });
  }
}

/** A remote component's child before its siblings have ids. */
function withoutSiblings(child: Declared): Declared {
  const inputs = Object.fromEntries(
    Object.entries(child.inputs).map(([property, value]) => [
      property,
      child.propertyDependencies[property]?.length ? UNKNOWN : value,
    ]),
  );
  return { ...child, inputs };
}

function propertyDependenciesOf(request: RegisterResourceRequest): Record<string, string[]> {
  const byProperty: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    byProperty[property] = dependencies.getUrnsList();
  });
  return byProperty;
}
