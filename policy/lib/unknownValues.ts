// This file of it only: the package as a whole loads all of Pulumi's SDK, with the TypeScript compiler and npm.
import * as proxy from "@pulumi/policy/proxy";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";

/** Exported since 1.21, and left out of the types. */
const { unknownCheckingProxy, UnknownValueError } = proxy as unknown as {
  unknownCheckingProxy<T extends object>(properties: T): T;
  UnknownValueError: new (sentinel: string, path: readonly string[]) => Error;
};

/** Properties as the engine shows them to a policy: reading a value that is not known yet throws. */
export function withUnknownChecks<T extends object>(properties: T): T {
  return unknownCheckingProxy(properties);
}

/** Whether an error says that a value is not known in a preview. */
export function isUnknownValue(error: unknown): error is Error {
  return error instanceof UnknownValueError;
}

/**
 * Reads an output that a program may set. The engine's preview has what the program left out as unknown, because AWS may
 * fill it in.
 */
export function unlessLeftOut<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}

/** The error of reading an unknown value, for a property that a provider leaves out of a preview. */
export function leftOut(property: string): Error {
  return new UnknownValueError(unknownValue, [property]);
}
