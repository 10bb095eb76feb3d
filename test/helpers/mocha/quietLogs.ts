import fs from "node:fs";

const { writeSync } = fs;

/** Keeps the handlers' log lines, each one JSON object with a level, out of mocha's report. */
fs.writeSync = ((fd: number, bytes: Uint8Array | string, ...rest: never[]) =>
  fd === 1 &&
  Buffer.from(bytes as Uint8Array)
    .subarray(0, 9)
    .toString() === '{"level":'
    ? bytes.length
    : writeSync(fd, bytes as Uint8Array, ...rest)) as typeof writeSync;
