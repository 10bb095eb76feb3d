/** Objects in these classes have to be restored before they can be read. */
const ARCHIVED = ["GLACIER", "DEEP_ARCHIVE"];

export function isArchived(storageClass: string): boolean {
  return ARCHIVED.includes(storageClass);
}
