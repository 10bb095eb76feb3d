/** Why the local cloud leaves properties of networks without effect, or rejects them. */

export const NO_INSTANCES = "no instances run in the local cloud's subnets";
export const NO_ROUTES = "functions use this machine's own routes";
export const NO_FILTER = "no packets are filtered on one machine";
export const NO_PACKETS = "no packets are seen on one machine, so nothing is written";

export const NO_IPAM = "there are no IPAM pools here: set the addresses themselves";
export const NO_IPV6 = "the local cloud's networks have IPv4 only";
export const NO_LATTICE = "there is no VPC Lattice here";
export const NO_OUTPOSTS = "there are no Outposts here";
