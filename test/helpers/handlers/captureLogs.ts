/** The log lines that `work` writes, parsed; nothing of them reaches the report. */
export async function captureLogs(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const { write } = process.stdout;
  const lines: string[] = [];
  process.stdout.write = ((chunk: string | Uint8Array) => {
    lines.push(String(chunk));
    return true;
  }) as typeof write;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return lines.map((line) => JSON.parse(line));
}
