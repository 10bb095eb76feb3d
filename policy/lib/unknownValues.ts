import * as policy from "@pulumi/policy";

/** What `@pulumi/policy` exports since 1.21 and leaves out of its types. */
const { unknownCheckingProxy, UnknownValueError } = policy as unknown as {
  unknownCheckingProxy<T extends object>(properties: T): T;
  UnknownValueError: new (...args: never[]) => Error;
};

/** Properties as the engine shows them to a policy: reading a value that is not known yet throws. */
export function withUnknownChecks<T extends object>(properties: T): T {
  return unknownCheckingProxy(properties);
}

/** Whether an error says that a value is not known in a preview. */
export function isUnknownValue(error: unknown): error is Error {
  return error instanceof UnknownValueError;
}
