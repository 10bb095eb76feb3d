import { closest } from "fastest-levenshtein";
import type { FaultSpec } from "../cloud/faults";
import { type Option, UsageError } from "./command";

/** The value of `--fault`. */
export interface AskedFaults {
  readonly specs: readonly FaultSpec[];
  readonly seed: number;
  /** The faults as they were written, with the seed that repeats them. */
  readonly text: string;
}

/** How much of a fault: none to say, `2s`, or `10%`. */
type Amount = "none" | "duration" | "share";

const SERVICES: Readonly<Record<FaultSpec["service"], Readonly<Record<string, Amount>>>> = {
  s3: { slow: "duration", fail: "share", cut: "share" },
  lambda: { slow: "duration", throttle: "share", kill: "share", hang: "share", oom: "share" },
  volume: { missing: "none", readonly: "none", full: "none" },
};

/** `--fault s3=fail:10% --fault lambda=kill:5% --fault seed=7`. @returns  `undefined` where none is given. */
export const faultOption: Option<AskedFaults | undefined> = {
  placeholder: "FAULT",
  help: `let something fail on purpose, e.g. s3=slow:2s, s3=fail:10%, s3=cut:50%, lambda=slow:2s,
lambda=throttle:10%, lambda=kill:5%, lambda=hang:1%, lambda=oom:1%, volume=missing, volume=readonly,
volume=full; seed=7 repeats a run (may be repeated)`,
  parse(given) {
    if (given.length === 0) return undefined;
    const seeds = given.filter((text) => text.startsWith("seed="));
    const seed = seeds.length === 0 ? Math.floor(Math.random() * 1_000_000) : readSeed(seeds);
    const written = given.filter((text) => !text.startsWith("seed="));
    if (written.length === 0)
      throw new UsageError("--fault seed=… repeats the faults of others: give one, too.");
    const specs = written.map(readFault);
    for (const [index, { service, kind }] of specs.entries()) {
      const same = specs.findIndex((one) => one.service === service && isSame(one, kind, service));
      if (same < index)
        throw new UsageError(`--fault ${written[same]} and ${written[index]} exclude each other.`);
    }
    return { specs, seed, text: [...written, `seed=${seed}`].join(" ") };
  },
};

/** A volume is in one state; of other services each kind may be there once. */
function isSame(other: FaultSpec, kind: string, service: string): boolean {
  return service === "volume" || other.kind === kind;
}

function readSeed(strings: readonly string[]): number {
  const [, digits] = /^seed=(\d{1,9})$/.exec(strings.at(-1) ?? "") ?? [];
  if (digits === undefined || strings.length > 1)
    throw new UsageError(
      `--fault seed= takes one whole number of at most nine digits, is "${strings.join(" ")}".`,
    );
  return Number(digits);
}

function readFault(text: string): FaultSpec {
  const [, service = "", kind = "", amount] = /^([^=]*)=?([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const name = named(text, "service", service, Object.keys(SERVICES)) as FaultSpec["service"];
  const kinds = SERVICES[name];
  const known = named(text, `fault of ${name}`, kind, Object.keys(kinds));
  return {
    service: name,
    kind: known,
    amount: readAmount(text, `${name}=${known}`, kinds[known] ?? "none", amount),
  };
}

function readAmount(text: string, fault: string, amount: Amount, given: string | undefined): number {
  if (amount === "none") {
    if (given === undefined) return 1;
    throw new UsageError(`--fault ${text}: write it as ${fault}, it holds for every request.`);
  }
  if (amount === "duration") {
    const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(given ?? "") ?? [];
    const ms = Number(number) * (unit === "s" ? 1000 : 1);
    if (ms > 0 && ms <= 900_000) return ms;
    throw new UsageError(`--fault ${text}: write how long, from 1ms to 900s, like ${fault}:2s.`);
  }
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(given ?? "") ?? [];
  if (Number(percent) > 0 && Number(percent) <= 100) return Number(percent) / 100;
  throw new UsageError(`--fault ${text}: write how often, over 0% and up to 100%, like ${fault}:10%.`);
}

/** @throws UsageError  Names what may have been meant. */
function named(text: string, what: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  throw new UsageError(
    `--fault ${text}: there is no ${what} "${name}" (did you mean ${closest(name, [...names])}?); there are ${names.join(", ")}.`,
  );
}
