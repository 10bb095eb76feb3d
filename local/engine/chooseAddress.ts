import type { AddressBook } from "../cloud/addressBook";
import type { Standing } from "./journal";

/**
 * The base address for a resource that listens: the one it has; else that of its name in its stack, as long as no
 * other stands there (one that it is about to replace); else a further one.
 *
 * @param key  `type::name`, one for each resource of all stacks.
 * @param own  The resource itself, where it stands already.
 */
export function chooseAddress(
  addresses: AddressBook,
  key: string,
  own: Standing | undefined,
  standing: readonly Standing[],
): string {
  const kept = own && Object.values(addresses.addresses).find((address) => listensAt(own, address));
  if (kept !== undefined) return kept;
  const turnKey = (turn: number) => (turn === 1 ? key : `${key}#${turn}`);
  const [type] = key.split("::");
  const others = standing.filter((other) => other.type === type && other !== own);
  for (let turn = 1; ; turn++) {
    addresses.assign([turnKey(turn)]);
    const address = addresses.addresses[turnKey(turn)] as string;
    if (!others.some((other) => listensAt(other, address))) return address;
  }
}

function listensAt({ outputs }: Standing, address: string): boolean {
  return Object.values(outputs).some((value) => typeof value === "string" && value.startsWith(`${address}/`));
}
