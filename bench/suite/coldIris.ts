import { coldStart } from "../lib/coldStart";
import { functionUrlEvent } from "../lib/functionUrlEvent";
import { coldFunction } from "../lib/functionVariants";
import { pythonFunctions } from "../lib/pythonFunctions";

export const benchmark = coldStart("coldIris", "iris", ({ folder, python }) => {
  if (python === undefined) return [];
  const { onnxRuntime, scikitLearn } = pythonFunctions(python, folder);
  const event = functionUrlEvent("iris");
  return [
    coldFunction("bare handler in Python", onnxRuntime, event),
    coldFunction("scikit-learn in Python", scikitLearn, event),
  ];
});
