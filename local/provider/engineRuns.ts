import { parseUrn } from "../parseUrn";
import type { Neighbours, Properties } from "../resourceType";
import { resourceTypeOf } from "../resourceTypes";
import { diffProperties } from "./diffProperties";
import type { Standing } from "./journal";

/** What the engine has told of one resource in a run. */
interface Told {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
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

  /** @param olds  The resource's inputs in the stack's state; empty where it knows none, and for a replacement. */
  tell(engine: string, urn: string, olds: Properties, inputs: Properties): void {
    const { type, name } = parseUrn(urn);
    this.#run(engine, urn).set(urn, { urn, type, name, inputs, isNew: this.isNew(engine, urn, olds) });
  }

  /** Whether the stack's state knows no resource of this URN: its first inputs in a run come with the old ones. */
  isNew(engine: string, urn: string, olds: Properties): boolean {
    return this.#run(engine, urn).get(urn)?.isNew ?? Object.keys(olds).length === 0;
  }

  /** What stands, as it will be when the run is over, with what is still to be made. */
  neighbours(engine: string, urn: string, standing: readonly Standing[]): Neighbours {
    const run = this.#run(engine, urn);
    return {
      complete: false,
      of: (type) => [
        ...standing.filter((other) => other.type === type && !run.has(other.urn)),
        ...[...run.values()].filter((told) => told.type === type).map((told) => withOutputs(told, standing)),
      ],
    };
  }

  #run(engine: string, urn: string): Map<string, Told> {
    const { project, stack } = parseUrn(urn);
    const key = `${engine} ${project}/${stack}`;
    const told = this.#runs.get(key) ?? new Map<string, Told>();
    this.#runs.delete(key);
    this.#runs.set(key, told);
    for (const oldest of this.#runs.keys()) if (this.#runs.size > MAX_RUNS) this.#runs.delete(oldest);
    return told;
  }
}

/** With what AWS added, unless the resource is to be replaced: then that is not known. */
function withOutputs({ urn, type, name, inputs }: Told, standing: readonly Standing[]): Standing {
  // A replacement stands behind what it replaces.
  const own = [...standing].reverse().find((other) => other.urn === urn);
  const isReplaced =
    own !== undefined &&
    diffProperties(own.inputs, inputs).some(({ path }) =>
      resourceTypeOf(type, name).replaceOn.includes(path.split(/[.[]/)[0] as string),
    );
  const outputs = own === undefined || isReplaced ? inputs : { ...own.outputs, ...inputs };
  return { urn, type, name, inputs, outputs };
}
