const write = process.stdout.write.bind(process.stdout);

/** Keeps the handlers' log lines, each one JSON object with a level, out of mocha's report. */
process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) =>
  typeof chunk === "string" && chunk.startsWith('{"level":')
    ? true
    : write(chunk, ...rest)) as typeof process.stdout.write;
