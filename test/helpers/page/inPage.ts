import type { Locator } from "playwright-core";

/** Runs code of a browser on an element; tests are checked without a browser's types. */
export function inPage(locator: Locator, code: string): Promise<unknown> {
  return locator.evaluate(new Function("element", code) as (element: unknown) => unknown);
}
