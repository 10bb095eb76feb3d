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
  /** Absolute paths of the code that the program packs into an archive and does not run, by the archive's path. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
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

/** A message to the evaluating process: a request, changed files, or only the addresses that it asked for. */
export interface ToEvaluation {
  readonly request?: DeclareRequest & {
    /** Whether the process stays for {@link changed}. */
    readonly keep?: boolean;
  };
  /** Absolute paths; the response is without a declaration where the program has to be evaluated. */
  readonly changed?: readonly string[];
  readonly addresses?: Readonly<Record<string, string>>;
}

/** A message of the evaluating process: keys of missing addresses, or a result. */
export interface FromEvaluation {
  /** Whether the process stays. */
  readonly isKept?: boolean;
  readonly unaddressed?: readonly string[];
  readonly declaration?: Declaration;
  readonly error?: string;
  readonly stack?: string;
  readonly notes?: readonly string[];
}
