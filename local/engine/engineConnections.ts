import { setLatest } from "./setLatest";

/** Connections end unseen; these are more than stay open at a time. */
const MAX_CONNECTIONS = 256;

/** Which run of the engine a connection is of: a run has one for each provider resource of its program. */
export class EngineConnections {
  /** Peer to the engine's own address; the latest at the end. */
  readonly #engines = new Map<string, string>();

  /** @param engine  The address that the engine names when it opens the connection. */
  add(peer: string, engine: string): void {
    setLatest(this.#engines, peer, engine, MAX_CONNECTIONS);
  }

  of(peer: string): string {
    return this.#engines.get(peer) ?? peer;
  }
}
