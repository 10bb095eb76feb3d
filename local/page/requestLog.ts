import type { RequestReport } from "../services/lambda/requestReport";

/** Keeps what was asked of the stack, for the page. */
export class RequestLog {
  add(_report: RequestReport): void {}
  close(): void {}
}
