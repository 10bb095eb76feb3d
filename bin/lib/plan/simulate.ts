import { Fleet, type FleetOptions, type Outcome } from "./fleet";

export interface Requests {
  /** Times in ms, in order. */
  readonly next: () => number;
  /** The number of the model that a request asks for. */
  readonly model: () => number;
  /** ms from which requests are counted, and until which. */
  readonly from: number;
  readonly until: number;
}

export interface Simulated {
  /** Counted requests by what they found: each is one of them. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** The most instances at a time. */
  readonly instances: number;
  /** Requests at work at a time, on average. */
  readonly concurrency: number;
}

/** Sends requests to a fleet that begins with no instance. */
export function simulate(options: FleetOptions, { next, model, from, until }: Requests): Simulated {
  const fleet = new Fleet(options);
  let now = next();
  for (; now < from; now = next()) fleet.request(now, model());
  fleet.advance(from);
  const busyBefore = fleet.busyMs;
  let instances = fleet.instances;
  const outcomes = { hit: 0, check: 0, load: 0, coldStart: 0, throttle: 0 };
  for (; now < until; now = next()) {
    outcomes[fleet.request(now, model())]++;
    if (fleet.instances > instances) instances = fleet.instances;
  }
  fleet.advance(until);
  return { outcomes, instances, concurrency: (fleet.busyMs - busyBefore) / (until - from) };
}
