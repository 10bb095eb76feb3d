/** The text of this project's `index.ts` with these of its endpoints only, and without batches. */
export function onlyEndpoints(program: string, names: readonly string[]): string {
  const kept: string[] = [];
  const text = program
    .replace(/^ {2}new Endpoint\("([\w-]+)",[\s\S]*?\}\),\n(?= {2}new |\])/gm, (line, name) => {
      if (!names.includes(name)) return "";
      kept.push(name);
      return line;
    })
    .replace(/^new BatchScoring\(.*\n\n/m, "");
  if (kept.length !== names.length)
    throw new Error(`Of ${names.join(", ")} the program has: ${kept.join(", ")}`);
  return text;
}
