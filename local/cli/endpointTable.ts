import fs from "node:fs";
import path from "node:path";
import { wrapCommand } from "./wrapCommand";

/** Longer bodies do not fit a terminal: images in base64, say. */
const MAX_BODY_LENGTH = 200;
const PRINTED = { indent: "  ", width: 80 };

/**
 * The stack's outputs as a table of addresses, and a ready command line for each endpoint.
 *
 * @param dataDir  Where the bodies of requests go that are too long for the terminal; the command line names the file.
 */
export function endpointTable(outputs: Readonly<Record<string, unknown>>, dataDir: string): string {
  const addresses = Object.entries(outputs).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const width = Math.max(...addresses.map(([name]) => name.length));
  return [
    ...addresses.map(([name, address]) => `  ${name.padEnd(width)}  ${address}`),
    "",
    endpointExamples((outputs.examples ?? {}) as Record<string, string>, dataDir),
  ].join("\n");
}

/** A ready command line for each endpoint, in 80 columns. @param examples  By endpoint. */
export function endpointExamples(examples: Readonly<Record<string, string>>, dataDir: string): string {
  return Object.entries(examples)
    .map(([name, line]) => wrapCommand(shorten(name, line, dataDir), PRINTED))
    .join("\n");
}

function shorten(name: string, line: string, dataDir: string): string {
  const [, body] = / -d '(.*)' /s.exec(line) ?? [];
  if (body === undefined || body.length <= MAX_BODY_LENGTH) return line;
  const file = path.join(dataDir, "examples", `${name}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, body);
  return line.replace(`'${body}'`, `@${path.relative(process.cwd(), file)}`);
}
