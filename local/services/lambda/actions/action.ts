import type { HttpRequest, HttpResponse } from "../../../http/message";
import type { InvocationReport } from "../invocation";
import type { LambdaService } from "../lambdaService";
import type { RequestReport } from "../requestReport";
import type { Callers } from "./authorizeCall";

/** The parts that actions work on. */
export interface ActionServices {
  readonly service: LambdaService;
  readonly callers: Callers;
  readonly functionUrls: FunctionUrls;
}

export interface FunctionUrls {
  /** @param qualifier  Alias; none: the function itself. */
  find(functionName: string, qualifier: string | undefined): ServedUrl | undefined;
}

/** A function URL as it is served. */
export interface ServedUrl {
  readonly address: string;
  readonly authorizationType: "NONE" | "AWS_IAM";
  readonly cors?: object;
  /** `2026-01-02T03:04:05.678Z` */
  readonly created: string;
  readonly lastModified: string;
}

/** A request for an action of Lambda's. */
export interface LambdaCall {
  readonly request: HttpRequest;
  readonly requestId: string;
  /** Name or ARN in the path, decoded; empty for an action on no function. */
  readonly nameOrArn: string;
  /** Name of the alias in the path, decoded. @default the path has none */
  readonly name?: string | undefined;
  /** Takes notice of a run that goes on after the response. */
  onRun?(invocation: InvocationReport): void;
}

export type ActionResult = { readonly response: HttpResponse } & Pick<
  RequestReport,
  "functionName" | "invocation"
>;

export interface Action {
  /** The action's name in policies. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Its first group is the function's name or ARN, encoded; a second one that of an alias. */
  readonly path: RegExp;
  /** Its qualifier is an alias, never a version. @default false */
  readonly ofAlias?: boolean;
  run(call: LambdaCall, services: ActionServices): Promise<ActionResult> | ActionResult;
}
