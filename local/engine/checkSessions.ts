import type { Sibling } from "../resources/declared";
import type { Siblings } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import type { Deployment } from "./deployment";
import { isReplaced } from "./replacements";

/** A resource that the engine had checked in a session. */
interface Registration extends Pick<Sibling, "urn" | "type" | "name" | "inputs"> {
  /** The live resource that it is. */
  readonly own: Deployment | undefined;
  /** Whether the stack's state has no such resource yet. */
  readonly isNew: boolean;
}

/** The resources that one run of the engine registers, one after another: in a preview none of the new ones is live. */
export class CheckSession {
  readonly #registrations = new Map<string, Registration>();

  register(registration: Registration): void {
    this.#registrations.set(registration.urn, registration);
  }

  /**
   * Whether the stack's state has no resource of this URN.
   *
   * @param olds  Its inputs there, as they come with the first check in a session; a replacement comes without.
   */
  isNew(urn: string, olds: Properties = {}): boolean {
    return this.#registrations.get(urn)?.isNew ?? Object.keys(olds).length === 0;
  }

  /** The resources that will be live when the run is over, as far as they are known. */
  siblings(live: readonly Deployment[]): Siblings {
    const run = [...this.#registrations.values()];
    const registered = new Set(run.flatMap(({ urn, own }) => [urn, own?.urn]));
    return {
      complete: false,
      of: (type) => [
        ...live.filter((other) => other.type === type && !registered.has(other.urn)),
        ...run.filter((resource) => resource.type === type).map((resource) => withOutputs(resource, live)),
      ],
    };
  }
}

/** The properties with AWS's additions, unless the resource is to be replaced: then those are not known. */
function withOutputs({ urn, type, name, inputs, own }: Registration, live: readonly Deployment[]): Sibling {
  // Perhaps made in this run; a replacement comes after the resource that it replaces.
  const current = live.findLast((other) => other.urn === urn) ?? own;
  const isKnown = current !== undefined && !isReplaced(current, inputs);
  return { urn, type, name, inputs, outputs: isKnown ? { ...current.outputs, ...inputs } : inputs };
}

/** The engine announces no end of a run; more than these do not go on at a time. */
const MAX_SESSIONS = 16;
/** Connections end unseen; these are more than stay open at a time. */
const MAX_CONNECTIONS = 256;

/** Finds the session of a connection: a run of the engine has one connection for each provider of its program. */
export class CheckSessions {
  /** Peer to the engine's own address; the latest at the end. */
  readonly #engines = new Map<string, string>();
  /** Keyed by the engine's address; the latest at the end. */
  readonly #sessions = new Map<string, CheckSession>();

  /** @param engine  The address that the engine names when it opens the connection. */
  connect(peer: string, engine: string): void {
    setLatest(this.#engines, peer, engine, MAX_CONNECTIONS);
  }

  of(peer: string): CheckSession {
    const engine = this.#engines.get(peer) ?? peer;
    const session = this.#sessions.get(engine) ?? new CheckSession();
    setLatest(this.#sessions, engine, session, MAX_SESSIONS);
    return session;
  }
}

/** Puts an entry at the end of a map, which forgets its oldest ones beyond `max`. */
function setLatest<K, V>(map: Map<K, V>, key: K, value: V, max: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) if (map.size > max) map.delete(oldest);
}
