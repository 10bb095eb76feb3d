import { fork } from "node:child_process";
import path from "node:path";
import type { Declared, Placement } from "../resources/declared";
import type { StackConfig } from "./stackConfig";

/** A program's declaration: the only description of the stack there is. */
export interface Declaration {
  /** A resource comes after all that it refers to or depends on. */
  readonly resources: readonly Declared[];
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Lookups whose results are not known here, a sentence each. Only for a program that is only judged. */
  readonly notes: readonly string[];
}

export interface DeclareRequest {
  readonly stackConfig: StackConfig;
  readonly place: Pick<Placement, "accountId" | "region">;
  /**
   * Declares as the engine's first preview of a stack does: what AWS adds to a resource (ids, ARNs) is unknown, and so
   * is all that is made from it. There are no outputs of the stack then.
   */
  readonly firstPreview?: boolean;
  /**
   * Declares for judging only, not for serving. The program runs as in a preview: resource types, properties, values
   * and archives that the local cloud does not know are recorded as they are written, and what nobody can know here is
   * unknown, with a note. There are no outputs of the stack then.
   */
  readonly onlyJudged?: boolean;
}

export interface DeclareOptions {
  /** Addresses of what listens on this machine. @default nothing listens, and AWS's own forms are used */
  readonly addressBook?: AddressBook;
  /**
   * Takes what the program prints, which is for the person at the terminal, and never mixed into a command's own output.
   *
   * @default standard error
   */
  print?(text: string): void;
}

/** Base addresses by `type::name`. */
export interface AddressBook {
  readonly addresses: Readonly<Record<string, string>>;
  /** Gives each of these an address. */
  assign(keys: readonly string[]): void;
}

/** A message to the evaluating process: the request, later the addresses that it asked for. */
export interface ToEvaluation {
  readonly request?: DeclareRequest;
  readonly addresses?: Readonly<Record<string, string>>;
}

/** A message of the evaluating process: keys of missing addresses, or its result, once. */
export interface FromEvaluation {
  readonly unaddressed?: readonly string[];
  readonly declaration?: Declaration;
  readonly error?: string;
  readonly stack?: string;
  readonly notes?: readonly string[];
}

/** A program that cannot be evaluated; the message is the program's own. */
export class ProgramError extends Error {
  constructor(
    message: string,
    /** The place in the program. */
    readonly programStack: string | undefined,
    /** Lookups until then whose results are not known here. */
    readonly notes: readonly string[] = [],
  ) {
    super(message);
    this.name = "ProgramError";
  }
}

/** The folders in which this project's own packages are found. */
const MODULES = require.resolve.paths("@pulumi/pulumi") ?? [];

/**
 * Evaluates a Pulumi program in a process of its own and returns what it declares. Nothing is created.
 *
 * @throws ProgramError  The program threw, or declares what the local cloud does not know.
 */
export function declare(
  request: DeclareRequest,
  { addressBook, print = (text) => process.stderr.write(text) }: DeclareOptions = {},
): Promise<Declaration> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, "evaluate.ts"), {
      execArgv: ["--require", require.resolve("tsx/cjs")],
      cwd: request.stackConfig.folder,
      // A program whose packages are not installed finds this project's.
      env: {
        ...process.env,
        NODE_PATH: [process.env.NODE_PATH, ...MODULES].filter(Boolean).join(path.delimiter),
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", print);
    // An evaluation writes archives, and would go on for seconds after Ctrl-C.
    const end = () => child.kill("SIGKILL");
    process.once("exit", end);
    let response: FromEvaluation = {};
    const send = (message: ToEvaluation) => child.send(message);
    child.on("message", (message: FromEvaluation) => {
      response = message;
      if (message.unaddressed === undefined) return;
      addressBook?.assign(message.unaddressed);
      send({ addresses: addressBook?.addresses });
    });
    child.once("error", (error) => {
      process.off("exit", end);
      reject(error);
    });
    child.once("close", (code) => {
      process.off("exit", end);
      if (response.declaration) resolve(response.declaration);
      else
        reject(
          new ProgramError(
            response.error ?? `The program ended with exit code ${code}.`,
            response.stack,
            response.notes,
          ),
        );
    });
    send({ request, addresses: addressBook?.addresses });
  });
}
