import type { Context } from "mocha";

/** Lets reports say what was behind an error, `fetch failed` for example: mocha's workers hand on no `cause`. */
export const mochaHooks = {
  afterEach(this: Context): void {
    const error = this.currentTest?.err;
    if (error?.cause !== undefined) Object.defineProperty(error, "cause", { enumerable: true });
  },
};
