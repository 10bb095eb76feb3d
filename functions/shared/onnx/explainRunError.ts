import { cut } from "../shown";

/** Matches the beginning of ONNX Runtime's message about a failed operator, and what follows the operator's name. */
const OPERATOR = /^Non-zero status code returned while running (\w+) node\./;
const STATUS = "Status Message: ";

/** Matches the place in ONNX Runtime's source and the name of the function. */
const SOURCE = /^[\w.]+\.(?:cc|h):\d+ \w+ /;

/** Matches ONNX Runtime's additional advice. */
const ADVICE = /Please fix either the inputs\/outputs or the model\./;

/**
 * Explains in one sentence why a model cannot compute a request's inputs. ONNX Runtime's own words are passed on if
 * they are about tensors; paths and signatures of its source belong in the log.
 */
export function explainRunError(message: string): string {
  const operator = OPERATOR.exec(message);
  const text = operator === null ? message : message.slice(message.indexOf(STATUS) + STATUS.length);
  const reason = text.replace(SOURCE, "").replace(ADVICE, "").replace(/\s+/g, " ").trim();
  const isPlain = !/::|\.(?:cc|h)\b|\B\/\w|ONNXRuntimeError/.test(reason);
  if (operator !== null) return `its operator ${operator[1]} fails${isPlain ? `: ${cut(reason)}` : ""}`;
  return isPlain ? cut(reason) : "it fails on them";
}
