import assert from "node:assert/strict";
import {
  boolean,
  type Command,
  command,
  number,
  strings,
  text,
  wholeNumber,
} from "../../../local/cli/command";

const OPTIONS = {
  stack: text("NAME", "a stack", "dev"),
  data: text("DIR", "a folder"),
  size: wholeNumber([1, 10], "a size", 3),
  rate: number([0.5, 10], "a rate"),
  endpoint: strings("URL", "an endpoint"),
  logs: boolean("print more"),
};

type Values = Parameters<Command<typeof OPTIONS>["run"]>[0];

describe("A command", () => {
  const { log, error } = console;
  const { exit } = process;
  let printed: string[] = [];
  let failed: string[] = [];
  let code: string | number | null | undefined;

  beforeEach(() => {
    printed = [];
    failed = [];
    code = undefined;
    console.log = (line) => printed.push(line);
    console.error = (line) => failed.push(line);
    process.exit = ((status) => {
      code = status;
    }) as typeof process.exit;
  });
  afterEach(() => {
    Object.assign(console, { log, error });
    process.exit = exit;
  });

  async function run(
    args: readonly string[],
    act: (values: Values, words: readonly string[]) => void = () => {},
  ) {
    const definition = {
      usage: "npm run it -- FILE",
      about: "Does it.",
      options: OPTIONS,
      words: [0, 1] as const,
      run: act,
    };
    await command(definition, args);
  }

  it("gets the values of its options, and their defaults", async () => {
    const seen: unknown[] = [];
    await run(["a", "--size", "7", "--rate", "0.5", "--endpoint=x", "--endpoint", "y", "--logs"], (...got) =>
      seen.push(got),
    );
    await run([], (...got) => seen.push(got));
    assert.deepEqual(seen, [
      [{ stack: "dev", data: undefined, size: 7, rate: 0.5, endpoint: ["x", "y"], logs: true }, ["a"]],
      [{ stack: "dev", data: undefined, size: 3, rate: undefined, endpoint: [], logs: false }, []],
    ]);
  });

  it("prints its usage from its options", async () => {
    await run(["--size", "wrong", "--help"]);
    assert.equal(
      printed.join("\n"),
      `Usage: npm run it -- FILE

Does it.

  --stack NAME    a stack (default dev)
  --data DIR      a folder
  --size N        a size (default 3)
  --rate N        a rate
  --endpoint URL  an endpoint (may be repeated)
  --logs          print more
  --help`,
    );
    assert.equal(code, undefined);
  });

  const mistakes: [args: string[], line: string][] = [
    [["--size", "11"], '--size must be a whole number from 1 to 10, is "11".'],
    [["--size", "1e1"], '--size must be a whole number from 1 to 10, is "1e1".'],
    [["--rate", "0.4"], '--rate must be a number from 0.5 to 10, is "0.4".'],
    [["--rate", "1."], '--rate must be a number from 0.5 to 10, is "1.".'],
    [["--stacks", "x"], "Unknown option '--stacks' (did you mean \"--stack\"?); --help lists the options."],
    [["--stack"], "Option '--stack <value>' argument missing; --help lists the options."],
    [["a", "b"], "Usage: npm run it -- FILE; --help says more."],
  ];
  for (const [args, line] of mistakes) {
    it(`ends with exit code 2 and one line for ${args.join(" ")}`, async () => {
      await run(args, () => assert.fail("ran"));
      assert.deepEqual([failed, code], [[line], 2]);
    });
  }

  it("names an option that npm took for itself", async () => {
    process.env.npm_config_size = "7";
    try {
      await run([], () => assert.fail("ran"));
    } finally {
      delete process.env.npm_config_size;
    }
    const line = "npm took --size for itself: put `--` before the options, as in `-- --size`.";
    assert.deepEqual([failed, code], [[line], 2]);
  });

  it("ends with exit code 1 and one line when it fails", async () => {
    await run([], () => {
      throw new Error("no such\n  file");
    });
    assert.deepEqual([failed, code], [["no such file"], 1]);
  });
});
