/** Sets rows in columns, two spaces apart. @param align  Where a cell is shorter than its column. @default "left" */
export function columns(rows: readonly (readonly string[])[], align: "left" | "right" = "left"): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = align === "left" ? "padEnd" : "padStart";
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell[pad](widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
