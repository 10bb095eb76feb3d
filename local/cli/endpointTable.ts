import { wrapCommand } from "./wrapCommand";

const PRINTED = { indent: "  ", width: 80 };

/** The stack's outputs as a table of addresses and names, and a ready command line for each endpoint. */
export function endpointTable(outputs: Readonly<Record<string, unknown>>): string {
  const addresses = Object.entries(outputs).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const width = Math.max(...addresses.map(([name]) => name.length));
  return [
    ...addresses.map(([name, address]) => `  ${name.padEnd(width)}  ${address}`),
    "",
    endpointExamples((outputs.examples ?? {}) as Record<string, string>),
  ].join("\n");
}

/** A ready command line for each endpoint, in 80 columns. @param examples  By endpoint. */
export function endpointExamples(examples: Readonly<Record<string, string>>): string {
  return Object.values(examples)
    .map((line) => wrapCommand(line, PRINTED))
    .join("\n");
}
