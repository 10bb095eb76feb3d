export interface AvailabilityZone {
  /** E.g. `eu-west-1a`. */
  readonly name: string;
  /** The same in every account, e.g. `euw1-az1` on AWS. */
  readonly id: string;
}

/** The availability zones of a region: three, as most of AWS's regions have. */
export function availabilityZones(region: string): readonly [AvailabilityZone, ...AvailabilityZone[]] {
  return [
    { name: `${region}a`, id: "az1" },
    { name: `${region}b`, id: "az2" },
    { name: `${region}c`, id: "az3" },
  ];
}

/** The zone with this name or id; one that the region does not have keeps what is known of it. */
export function findZone(region: string, { name, id }: Partial<AvailabilityZone>): AvailabilityZone {
  const zones = availabilityZones(region);
  if (name === undefined && id === undefined) return zones[0];
  const found = zones.find((zone) => zone.name === name || zone.id === id);
  return found ?? { name: name ?? "", id: id ?? "" };
}
