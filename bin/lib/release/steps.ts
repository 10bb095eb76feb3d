/** Share of the requests, in percent, that a new version gets, and for how long. */
export interface Step {
  readonly percent: number;
  readonly minutes: number;
}

/**
 * The steps of a release, as CodeDeploy takes them: `canary10percent5minutes`, `linear10percentevery1minute`.
 *
 * @throws Error  Another name.
 */
export function stepsOf(release: string): Step[] {
  const [, canary, canaryMinutes] = /^canary(\d+)percent(\d+)minutes?$/.exec(release) ?? [];
  if (canary) return [{ percent: Number(canary), minutes: Number(canaryMinutes) }];
  const [, linear, every] = /^linear(\d+)percentevery(\d+)minutes?$/.exec(release) ?? [];
  if (linear === undefined) throw new Error(`There is no release "${release}": Pulumi.yaml lists all.`);
  const steps = Math.ceil(100 / Number(linear)) - 1;
  return Array.from({ length: steps }, (_, index) => ({
    percent: Number(linear) * (index + 1),
    minutes: Number(every),
  }));
}
