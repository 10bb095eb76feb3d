/** A check that a resource has one of these properties, and no second one. */
export function exactlyOne<Name extends string>(
  ...names: readonly Name[]
): (inputs: { readonly [Key in Name]?: unknown }) => void {
  return (inputs) => {
    if (names.filter((name) => inputs[name] !== undefined).length === 1) return;
    throw new Error(`exactly one of ${names.map((name) => `\`${name}\``).join(", ")} must be set`);
  };
}
