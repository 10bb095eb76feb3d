import { cut } from "../shown";

/** How ONNX Runtime begins when an operator fails, and what follows the operator's name in the graph. */
const OPERATOR = /^Non-zero status code returned while running (\w+) node\./;
const STATUS = "Status Message: ";

/** Where in ONNX Runtime's source it failed, and in which function. */
const SOURCE = /^[\w.]+\.(?:cc|h):\d+ \w+ /;

/** What it advises besides. */
const ADVICE = /Please fix either the inputs\/outputs or the model\./;

/**
 * Says in a sentence why a model cannot compute a request's inputs. ONNX Runtime's own words are passed on where they
 * are about tensors; what has paths or signatures of its source belongs in the log.
 */
export function explainRunError(message: string): string {
  const operator = OPERATOR.exec(message);
  const text = operator === null ? message : message.slice(message.indexOf(STATUS) + STATUS.length);
  const reason = text.replace(SOURCE, "").replace(ADVICE, "").replace(/\s+/g, " ").trim();
  const isPlain = !/::|\.(?:cc|h)\b|\B\/\w|ONNXRuntimeError/.test(reason);
  if (operator !== null) return `its operator ${operator[1]} fails${isPlain ? `: ${cut(reason)}` : ""}`;
  return isPlain ? cut(reason) : "it fails on them";
}
