const GAP = "  ";

/** A cell's text; of several, each begins a line of its own. */
type Cell = string | readonly string[];

/**
 * Rows in columns, cells wrapped at their column's width.
 *
 * @param maxWidths  Of all columns but the last, which has what they leave of `total`.
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  maxWidths: readonly number[],
  total: number,
): string {
  const linesOf = (cell: Cell, width: number) => [cell].flat().flatMap((text) => wrap(text, width));
  const widths = maxWidths.map((maxWidth, column) => {
    const lines = [header, ...rows].flatMap((row) => linesOf(row[column] ?? "", maxWidth));
    return Math.max(...lines.map((line) => line.length));
  });
  const used = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  widths.push(total - used);
  const cells = [header, ...rows].map((row) =>
    row.map((cell, column) => linesOf(cell, widths[column] ?? total)),
  );
  const lines = cells.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((cell, column) => (cell[line] ?? "").padEnd(widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    );
  });
  return lines.join("\n");
}

/** Breaks text between words, and a word that is longer than a line after a slash or where the line ends. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, width))) {
    const gap = line === "" || word.glued ? "" : " ";
    if (line !== "" && line.length + gap.length + word.text.length > width) {
      lines.push(line);
      line = word.text;
    } else line += gap + word.text;
  }
  return [...lines, line];
}

interface Piece {
  readonly text: string;
  /** Whether it goes on in the same word. */
  readonly glued: boolean;
}

function pieces(word: string, width: number): Piece[] {
  if (word.length <= width) return [{ text: word, glued: false }];
  const parts = word.match(/[^/]*\/|[^/]+$/g) ?? [word];
  return parts
    .flatMap((part) => part.match(new RegExp(`.{1,${width}}`, "g")) ?? [])
    .map((text, index) => ({ text, glued: index > 0 }));
}
