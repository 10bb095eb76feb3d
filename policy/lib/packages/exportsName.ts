/**
 * Whether a module gives a name to others, as far as its text says: by `exports`, by `export`, or as a bundler writes
 * it. What hands on all of another module may.
 */
export function exportsName(code: string, name: string, runtime: string): boolean {
  const word = name.replace(/[$]/g, "\\$&");
  return (runtime.startsWith("python") ? pythonForms(word) : javascriptForms(word)).some((form) =>
    form.test(code),
  );
}

function javascriptForms(word: string): RegExp[] {
  return [
    new RegExp(`exports(\\.${word}|\\[["']${word}["']\\])\\s*=`),
    new RegExp(`exports\\s*=\\s*\\{[^}]*\\b${word}\\b`),
    new RegExp(`defineProperty\\(\\s*(module\\.)?exports,\\s*["']${word}["']`),
    // esbuild: `__export(index_exports, { handler: () => handler })`, minified with any name for the helper.
    new RegExp(`[\\w$]+\\(\\s*[\\w$]+,\\s*\\{[^}]*\\b${word}:\\s*\\(\\)\\s*=>`),
    new RegExp(`export\\s+(async\\s+)?(const|let|var|function\\*?|class)\\s+${word}\\b`),
    new RegExp(`export\\s+(const|let|var)\\s*\\{[^}]*\\b${word}\\b`),
    new RegExp(`export\\s*\\{[^}]*\\b${word}\\s*(,|\\}|from)`),
    /export\s*\*/,
    /module\.exports\s*=\s*(?!\{)/,
    /__exportStar\(|__reExport\(|Object\.assign\((module\.)?exports/,
  ];
}

function pythonForms(word: string): RegExp[] {
  return [
    new RegExp(`^(async\\s+)?def\\s+${word}\\b`, "m"),
    new RegExp(`^${word}\\s*(:[^=\\n]+)?=`, "m"),
    new RegExp(`^\\s*(from\\s+\\S+\\s+)?import\\s+[^\\n]*\\b${word}\\b`, "m"),
    new RegExp(`^class\\s+${word}\\b`, "m"),
    /^from\s+\S+\s+import\s+\*/m,
  ];
}
