import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { DeclareOptions, FromEvaluation, ToEvaluation } from "./declaration";
import { ProgramError } from "./programError";

/** The folders in which this project's own packages are found. */
const MODULES = require.resolve.paths("@pulumi/pulumi") ?? [];

/** The process that one evaluation of a program has. */
export class EvaluatingProcess {
  readonly #child: ChildProcess;
  readonly #addressBook: DeclareOptions["addressBook"];
  /** The result, if it has come. */
  #response: FromEvaluation | undefined;
  #settle: (error?: Error) => void = () => {};

  /** @param folder  The program's. */
  constructor(folder: string, { addressBook, print = (text) => process.stderr.write(text) }: DeclareOptions) {
    this.#addressBook = addressBook;
    this.#child = fork(path.join(__dirname, "evaluate.ts"), {
      execArgv: ["--require", require.resolve("tsx/cjs")],
      cwd: folder,
      // A program whose packages are not installed finds this project's.
      env: {
        ...process.env,
        NODE_PATH: [process.env.NODE_PATH, ...MODULES].filter(Boolean).join(path.delimiter),
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", print);
    // An evaluation writes archives, and would go on for seconds after Ctrl-C.
    const end = () => this.end();
    process.once("exit", end);
    this.#child.on("message", (message: FromEvaluation) => {
      if (message.unaddressed !== undefined) {
        addressBook?.assign(message.unaddressed);
        this.#send({});
        return;
      }
      this.#response = message;
      // Of a process that ends, all that it prints comes first.
      if (message.isKept) this.#settle();
    });
    const ended = (error?: Error) => {
      process.off("exit", end);
      this.#settle(error);
    };
    this.#child.once("error", ended).once("close", () => ended());
  }

  /** Sends a message and waits for the result. @throws ProgramError */
  async ask(message: Pick<ToEvaluation, "request" | "changed">): Promise<FromEvaluation> {
    await new Promise<void>((resolve, reject) => {
      this.#response = undefined;
      this.#settle = (error) => (error === undefined ? resolve() : reject(error));
      this.#send(message);
    });
    const { error, stack, notes, ...response }: FromEvaluation = this.#response ?? {
      error: `The program ended with exit code ${this.#child.exitCode}.`,
    };
    if (error !== undefined) throw new ProgramError(error, stack, notes);
    return response;
  }

  get isAlive(): boolean {
    return this.#child.connected;
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }

  #send(message: ToEvaluation): void {
    this.#child.send(
      { ...message, addresses: this.#addressBook?.addresses } satisfies ToEvaluation,
      () => {},
    );
  }
}
