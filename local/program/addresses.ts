/** Thrown for a resource that listens here, while its address is not known yet. */
export class MissingAddress extends Error {
  /** @param key  `type::name`. */
  constructor(readonly key: string) {
    super(`${key} has no address yet`);
  }
}

/**
 * The addresses of resources that listen on this machine. Those that are missing are asked for all at once, when nothing
 * else of the program can go on: an address does not depend on the order in which resources ask.
 */
export class Addresses {
  #known: Readonly<Record<string, string>>;
  readonly #wanted = new Set<string>();
  #waiting: (() => void)[] = [];

  /**
   * @param known  Base addresses by `type::name`.
   * @param ask    Gets the keys that have none; {@link add} takes the response.
   */
  constructor(known: Readonly<Record<string, string>>, ask: (keys: readonly string[]) => void) {
    this.#known = known;
    process.on("beforeExit", () => {
      if (this.areWanted) ask([...this.#wanted]);
    });
  }

  get areWanted(): boolean {
    return this.#wanted.size > 0;
  }

  /** @throws MissingAddress */
  get(key: string): string {
    const address = this.#known[key];
    if (address === undefined) throw new MissingAddress(key);
    return address;
  }

  /** Waits until the address is known. */
  async wait({ key }: MissingAddress): Promise<void> {
    this.#wanted.add(key);
    await new Promise<void>((goOn) => this.#waiting.push(goOn));
  }

  add(addresses: Readonly<Record<string, string>>): void {
    this.#known = { ...this.#known, ...addresses };
    this.#wanted.clear();
    for (const goOn of this.#waiting.splice(0)) goOn();
  }
}
