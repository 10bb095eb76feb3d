/** Whether a property is given at all. Unlike reading it, this is answered for a value not known yet, too. */
export function isSet<T extends object>(props: T, property: keyof T): boolean {
  return property in props;
}
