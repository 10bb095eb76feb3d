import { type Option, UsageError, wholeNumber } from "./command";

/** Ports that a stack takes at most: REST API and services, then a function URL each. */
export const PORTS_OF_A_STACK = 40;

/**
 * Ports from 1024 on that browsers and `fetch` connect to for nobody, since other protocols are at home there: "bad
 * ports" of the Fetch standard.
 */
const BAD_PORTS = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
];

/** Whether browsers and `fetch` reach every port that a stack takes from `base` on. */
export function arePortsReachable(base: number): boolean {
  return !BAD_PORTS.some((port) => base <= port && port < base + PORTS_OF_A_STACK);
}

/** `--port`: the first of a stack's ports. */
export function portOption<D extends number | undefined = undefined>(
  help: string,
  fallback?: D,
): Option<number | D> {
  const option = wholeNumber([1024, 65_000], help, fallback);
  return {
    ...option,
    parse(strings, name) {
      const base = option.parse(strings, name);
      if (base === undefined || arePortsReachable(base)) return base;
      let next = base;
      while (!arePortsReachable(next)) next += 1;
      throw new UsageError(
        `--${name} ${base}: browsers and fetch refuse to connect to one of the ${PORTS_OF_A_STACK} ports from there; the next that they connect to begin at ${next}.`,
      );
    },
  };
}
