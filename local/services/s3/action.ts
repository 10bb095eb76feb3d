import type { Treatment } from "../../resources/treatment";
import type { Call } from "./call";
import { invalidArgument, S3Error, type S3ErrorCode } from "./s3Error";
import type { S3Response } from "./wire/response";

/** A header or query parameter that makes S3 reject a request. */
export interface RefusedParameter extends Treatment<"refused"> {
  /** The header's name in requests; `?` in front of a query parameter. */
  readonly wireName: string;
  readonly code: S3ErrorCode;
  /** A value that asks for nothing, and is taken. @default none */
  readonly taken?: string;
}

export type ParameterTreatment = Treatment<"served" | "inert"> | RefusedParameter;

/** One of S3's actions, under AWS's name. */
export interface Action {
  readonly name: string;
  /** Keyed by the SDK's names. */
  readonly parameters: Readonly<Record<string, ParameterTreatment>>;
  /** Checks permissions, and does what the request asks for, or throws an {@link S3Error}. */
  handle(call: Call): Promise<S3Response>;
}

/** A treatment for each parameter that an action has in AWS's SDK. */
type ParametersOf<Input> = { readonly [Name in keyof Input]-?: ParameterTreatment };

/**
 * Defines an action against its input in AWS's SDK: the compiler proves that every parameter of a request is served,
 * inert or rejected.
 */
export function defineAction<Input>(
  name: string,
  parameters: ParametersOf<Input>,
  handle: (call: Call) => Promise<S3Response>,
): Action {
  return { name, parameters: parameters as Action["parameters"], handle };
}

/** A request, or the form that stands for one. */
interface ParameterSource {
  hasHeader(name: string): boolean;
  header?(name: string): string | undefined;
  query?(name: string): string | undefined;
}

/** @throws S3Error  The request has a parameter that the action rejects. */
export function rejectParameters({ parameters }: Action, source: ParameterSource): void {
  for (const treatment of Object.values(parameters)) {
    if (!("wireName" in treatment)) continue;
    const { wireName, code, reason, taken } = treatment;
    const query = /^\?(.*)/.exec(wireName)?.[1];
    const isSent = query === undefined ? source.hasHeader(wireName) : source.query?.(query) !== undefined;
    if (!isSent || (taken !== undefined && source.header?.(wireName) === taken)) continue;
    const name = query ?? wireName;
    if (code === "InvalidArgument") throw invalidArgument(reason ?? "", name, undefined);
    const details = code === "NotImplemented" ? { Header: name } : undefined;
    throw new S3Error(code, { message: reason, details });
  }
}
