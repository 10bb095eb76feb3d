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
