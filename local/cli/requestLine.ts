import { logicalName } from "../resources/logicalName";
import type { RequestReport } from "../services/lambda/requestReport";
import { failureLines } from "./failureLines";
import { clock, cut, type Paint, plain } from "./terminal";

/** Room for what was asked: with all else a line then has 80 columns. */
const ASKED = 22;
/** The longest endpoint's name. */
const NAME = 18;
const COLUMNS = 80;

export interface RequestLineOptions {
  /** @default no colours */
  readonly paint?: Paint;
  /** The terminal's columns: the request's target is cut for it. @default the target is whole */
  readonly columns?: number | undefined;
  /** Saved files that cannot be served: what was served before answers. @default none */
  readonly unserved?: readonly string[];
}

/**
 * One request as one line: time, status, what was asked, function, time and memory as Lambda bills them. What failed is
 * below it, a line each.
 */
export function requestLine(
  { functionName, status, method, path, durationMs, invocation }: RequestReport,
  { paint = plain, columns, unserved = [] }: RequestLineOptions = {},
): string {
  const asked = `${method} ${path}`;
  const width = ASKED + Math.max(0, (columns || COLUMNS) - COLUMNS);
  const line = [
    paint("dim", clock()),
    paint(colourOf(status), String(status)),
    (columns === undefined ? asked : cut(asked, width)).padEnd(ASKED),
    (functionName === undefined ? "-" : logicalName(functionName)).padEnd(NAME),
    ...(invocation ? measures(invocation) : [`${durationMs.toFixed(1)} ms`.padStart(7)]),
  ];
  const failures = invocation ? failureLines(invocation) : [];
  const old =
    invocation && unserved.length > 0
      ? [`    old code: the saved ${unserved.join(", ")} cannot be served`]
      : [];
  return [
    line.join(" "),
    ...old.map((text) => paint("yellow", text)),
    ...failures.map((text, index) => paint(index === 0 ? "red" : "dim", text)),
  ].join("\n");
}

function measures({ billedMs, maxMemoryUsedMb, initMs }: NonNullable<RequestReport["invocation"]>): string[] {
  return [
    `${billedMs} ms`.padStart(7),
    ...(maxMemoryUsedMb === undefined ? [] : [`${maxMemoryUsedMb} MB`.padStart(7)]),
    ...(initMs === undefined ? [] : [`init ${Math.round(initMs)}`]),
  ];
}

function colourOf(status: number): Parameters<Paint>[0] {
  if (status >= 500) return "red";
  if (status >= 400) return "yellow";
  return status >= 300 ? "cyan" : "green";
}
