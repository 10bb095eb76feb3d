import { AsyncLocalStorage } from "node:async_hooks";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { awsFunction } from "../cloud/awsFunctions";
import type { Placement } from "../resources/declared";
import type { Properties } from "../resources/value";
import { placeholderResult } from "./typedPlaceholders";

/** The functions of the SDK's runtime that return an Output, which may be unknown. */
const OUTPUT_FORMS = ["invokeOutput", "invokeSingleOutput"] as const;

type Runtime = { [K in (typeof OUTPUT_FORMS)[number]]?: (...args: never[]) => unknown };

/** Whether what is asked now may be answered with an unknown value: a request does not say in which form it was made. */
const asOutput = new AsyncLocalStorage<true>();

/** Marks what a program asks by `get…Output`. @param runtime  `pulumi.runtime` of the program's own SDK. */
export function markOutputForms(runtime: Runtime): void {
  for (const name of OUTPUT_FORMS) {
    const call = runtime[name];
    if (call) runtime[name] = (...args: never[]) => asOutput.run(true, () => call(...args));
  }
}

/**
 * Answers a provider's function.
 *
 * @param judged.program  Set where the program is only judged: what nobody can ask here is unknown then, or has
 *   placeholders where the program takes plain values.
 * @param judged.note  Is told what was not asked.
 * @throws Error  A function that nobody brings, where the program is to be served.
 */
export function callFunction(
  token: string,
  inputs: Properties,
  place: Placement,
  judged: { readonly program: string; note(sentence: string): void } | undefined,
): Properties {
  const known = awsFunction(token);
  if (known !== undefined) return known(inputs, place);
  if (judged === undefined) throw new Error(`The local cloud does not know the function ${token}.`);
  const result = {
    ...placeholderResult(token, inputs, judged.program),
    region: inputs.region ?? place.region,
  };
  if (!asOutput.getStore()) {
    judged.note(`The program asks AWS by ${token}; placeholders stand for the answer.`);
    return result;
  }
  judged.note(`The program asks AWS by ${token}; the answer is not known.`);
  return Object.fromEntries(
    Object.entries(result).map(([property, value]) => [property, property in inputs ? value : unknownValue]),
  );
}
