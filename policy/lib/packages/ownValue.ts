/**
 * A property of an asset as it lies there. Assets keep their content in promises, and the engine's proxy wraps those,
 * so that awaiting one throws; the property's descriptor is not wrapped.
 */
export async function ownValue<T>(object: unknown, property: string): Promise<T | undefined> {
  if (typeof object !== "object" || object === null) return undefined;
  return (await Object.getOwnPropertyDescriptor(object, property)?.value) as T | undefined;
}
