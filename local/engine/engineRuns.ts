import type { Sibling } from "../resources/declared";
import { parseUrn } from "../resources/parseUrn";
import type { Siblings } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import { isReplaced } from "./isReplaced";
import type { Standing } from "./journal";
import { setLatest } from "./setLatest";

/** What the engine has told of one resource in a run. */
interface Told extends Pick<Sibling, "urn" | "type" | "name" | "inputs"> {
  /** As what it stands already. */
  readonly own: Standing | undefined;
  /** Whether the stack's state knows no such resource yet. */
  readonly isNew: boolean;
}

/** The engine announces no end of a run; more than these do not go on at a time. */
const MAX_RUNS = 16;

/**
 * What runs of the engine have told of a stack's resources, one after another: in a preview nothing of it stands yet.
 * A run is known by the engine's own address.
 */
export class EngineRuns {
  /** By engine, project and stack; the latest at the end. */
  readonly #runs = new Map<string, Map<string, Told>>();

  tell(engine: string, told: Told): void {
    this.#run(engine, told.urn).set(told.urn, told);
  }

  /**
   * Whether the stack's state knows no resource of this URN.
   *
   * @param olds  Its inputs there, as they come with the first that a run tells of it; a replacement comes without.
   */
  isNew(engine: string, urn: string, olds: Properties): boolean {
    return this.#run(engine, urn).get(urn)?.isNew ?? Object.keys(olds).length === 0;
  }

  /** What stands, as it will be when the run is over, with what is still to be made. */
  neighbours(engine: string, urn: string, standing: readonly Standing[]): Siblings {
    const run = [...this.#run(engine, urn).values()];
    const told = new Set(run.flatMap(({ urn, own }) => [urn, own?.urn]));
    return {
      complete: false,
      of: (type) => [
        ...standing.filter((other) => other.type === type && !told.has(other.urn)),
        ...run
          .filter((resource) => resource.type === type)
          .map((resource) => withOutputs(resource, standing)),
      ],
    };
  }

  #run(engine: string, urn: string): Map<string, Told> {
    const { project, stack } = parseUrn(urn);
    const key = `${engine} ${project}/${stack}`;
    const told = this.#runs.get(key) ?? new Map<string, Told>();
    setLatest(this.#runs, key, told, MAX_RUNS);
    return told;
  }
}

/** With what AWS added, unless the resource is to be replaced: then that is not known. */
function withOutputs({ urn, type, name, inputs, own }: Told, standing: readonly Standing[]): Sibling {
  // Made in this run, perhaps; a replacement stands behind what it replaces.
  const stands = [...standing].reverse().find((other) => other.urn === urn) ?? own;
  const isKnown = stands !== undefined && !isReplaced(stands, inputs);
  return { urn, type, name, inputs, outputs: isKnown ? { ...stands.outputs, ...inputs } : inputs };
}
