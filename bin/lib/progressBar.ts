const WIDTH = 30;

/** A line on a terminal's standard error that grows with the bytes sent; elsewhere nothing, logs have no use for it. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr) {
  return (sent: number, bytes: number): void => {
    if (!stream.isTTY) return;
    const part = bytes === 0 ? 1 : sent / bytes;
    const bar = "#".repeat(Math.round(part * WIDTH)).padEnd(WIDTH);
    const end = sent >= bytes ? "\n" : "";
    stream.write(`\r[${bar}] ${Math.floor(part * 100)} % of ${(bytes / 1e6).toFixed(1)} MB${end}`);
  };
}
