/** Tells whether a property is given, also one whose value is not known yet. */
export function isSet<T extends object>(props: T, property: keyof T): boolean {
  return property in props;
}
