import fs from "node:fs";

/** A block of commands in a page: the commands with what is shown of their output, or why they are not run. */
export interface CommandBlock {
  readonly line: number;
  readonly commands: readonly Command[];
  readonly notRun: string | undefined;
}

export interface Command {
  readonly text: string;
  /** The output that the page shows; `undefined` if it shows none. */
  readonly shown: string | undefined;
}

/**
 * Reads the commands of a page. A block `sh` has commands only; in a block `console` they begin with `$ `, and what
 * follows is their output. A comment `<!-- not run: reason -->` before a block keeps it from being run.
 */
export function readCommands(file: string): CommandBlock[] {
  const page = fs.readFileSync(file, "utf8");
  const blocks = page.matchAll(/(?:<!-- not run: (.+) -->\n\n?)?^```(sh|console)\n([\s\S]*?)^```$/gm);
  return [...blocks].map(({ index, 1: notRun, 2: language, 3: text = "" }) => ({
    line: page.slice(0, index).split("\n").length,
    notRun,
    commands: language === "sh" ? commandsOf(text) : withOutputs(text),
  }));
}

/** A command goes on in the next line after a backslash. */
function commandsOf(text: string): Command[] {
  return text
    .split(/(?<!\\)\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => ({ text: line, shown: undefined }));
}

function withOutputs(text: string): Command[] {
  return text
    .split(/^\$ /m)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [, command = "", shown = ""] = part.match(/^([\s\S]*?)(?<!\\)\n([\s\S]*)$/) ?? [];
      return { text: command, shown: shown.trimEnd() };
    });
}
