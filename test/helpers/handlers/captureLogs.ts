import fs from "node:fs";

/** The log lines that `work` writes, parsed; nothing of them reaches the report. */
export async function captureLogs(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const { writeSync } = fs;
  const lines: string[] = [];
  fs.writeSync = ((_fd: number, bytes: Uint8Array) => {
    lines.push(Buffer.from(bytes).toString());
    return bytes.length;
  }) as typeof writeSync;
  try {
    await work();
  } finally {
    fs.writeSync = writeSync;
  }
  return lines.map((line) => JSON.parse(line));
}
