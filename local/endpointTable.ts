/** The stack's outputs as a table of addresses, and a ready command line for each endpoint. */
export function endpointTable(outputs: Readonly<Record<string, unknown>>): string {
  const addresses = Object.entries(outputs).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const width = Math.max(...addresses.map(([name]) => name.length));
  const examples = Object.values((outputs.examples ?? {}) as Record<string, string>);
  return [
    ...addresses.map(([name, address]) => `  ${name.padEnd(width)}  ${address}`),
    "",
    ...examples.map((line) => `  ${line}`),
  ].join("\n");
}
