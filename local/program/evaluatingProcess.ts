import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import path from "node:path";
import type { DeclareOptions, FromEvaluation, ToEvaluation } from "./declaration";
import { ProgramError } from "./programError";

/** The folders in which this project's own packages are found. */
const MODULES = require.resolve.paths("@pulumi/pulumi") ?? [];

/** The process that one evaluation of a program has. */
export class EvaluatingProcess {
  readonly #child: ChildProcess;
  /** Those of the last message. */
  #options: DeclareOptions = {};
  /** The result, if it has come. */
  #response: FromEvaluation | undefined;
  #settle: (error?: Error) => void = () => {};

  constructor() {
    this.#child = fork(path.join(__dirname, "evaluate.ts"), {
      execArgv: ["--require", require.resolve("tsx/cjs")],
      // A program whose packages are not installed finds this project's.
      env: {
        ...process.env,
        NODE_PATH: [process.env.NODE_PATH, ...MODULES].filter(Boolean).join(path.delimiter),
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
    });
    const print = (text: string) =>
      this.#options.print ? this.#options.print(text) : process.stderr.write(text);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", print);
    // An evaluation writes archives, and would go on for seconds after Ctrl-C.
    const end = () => this.end();
    process.once("exit", end);
    this.#child.on("message", (message: FromEvaluation) => {
      if (message.unaddressed !== undefined) {
        this.#options.addressBook?.assign(message.unaddressed);
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
    this.#keepAlive("unref");
  }

  /** Sends a message and waits for the result. @throws ProgramError */
  async ask(
    message: Pick<ToEvaluation, "request" | "changed">,
    options: DeclareOptions,
  ): Promise<FromEvaluation> {
    this.#options = options;
    this.#keepAlive("ref");
    await new Promise<void>((resolve, reject) => {
      this.#response = undefined;
      this.#settle = (error) => (error === undefined ? resolve() : reject(error));
      this.#send(message);
    }).finally(() => this.#keepAlive("unref"));
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

  /** Whether this process goes on for as long as the other does: only while it waits for a result. */
  #keepAlive(how: "ref" | "unref"): void {
    const { channel, stdout, stderr } = this.#child;
    for (const each of [this.#child, channel, stdout as Socket | null, stderr as Socket | null])
      each?.[how]();
  }

  #send(message: ToEvaluation): void {
    this.#child.send(
      { ...message, addresses: this.#options.addressBook?.addresses } satisfies ToEvaluation,
      () => {},
    );
  }
}
