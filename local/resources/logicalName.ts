/** The name that the program gives a resource: Pulumi adds a hyphen and seven digits to make the physical one. */
export function logicalName(physicalName: string): string {
  return physicalName.replace(/-[0-9a-f]{7}$/, "");
}
