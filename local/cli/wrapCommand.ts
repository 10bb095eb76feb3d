/**
 * Breaks a command line so that it fits a terminal and can still be copied: after a backslash between words, and within
 * quoted JSON at its commas.
 */
export function wrapCommand(line: string, { indent, width }: { indent: string; width: number }): string {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const [first = "", ...rest] = words.flatMap((word) => breakWord(word, width - indent.length - 4));
  const lines = [`${indent}${first}`];
  for (const part of rest) {
    const last = lines[lines.length - 1] ?? "";
    const inQuotes = part.startsWith("\n");
    if (!inQuotes && last.length + part.length + 3 <= width) lines[lines.length - 1] = `${last} ${part}`;
    else {
      if (!inQuotes) lines[lines.length - 1] = `${last} \\`;
      lines.push(`${indent}  ${inQuotes ? part.slice(1) : part}`);
    }
  }
  return lines.join("\n");
}

/** A quoted JSON that is too long, in parts; all but the first begin with a line break. */
function breakWord(word: string, width: number): string[] {
  if (word.length <= width || !word.startsWith("'{")) return [word];
  const parts: string[] = [];
  for (const member of word.split(/(?<=,)(?=["{[])/)) {
    const last = parts[parts.length - 1];
    if (last !== undefined && last.length + member.length <= width) parts[parts.length - 1] = last + member;
    else parts.push(last === undefined ? member : `\n${member}`);
  }
  return parts;
}
