import { execFileSync } from "node:child_process";
import path from "node:path";
import { modelVariables } from "./bundledFunctions";
import type { FunctionCommand } from "./functionProcess";

const PEERS = path.resolve(__dirname, "../peers");

export interface PythonFunctions {
  /** Runs `iris`'s ONNX model, and does nothing else. */
  readonly onnxRuntime: FunctionCommand;
  /** Predicts with the forest that the model was made from. */
  readonly scikitLearn: FunctionCommand;
  /** Loads the forest at each request, as tutorials do. */
  readonly scikitLearnEach: FunctionCommand;
}

/** Functions in Python that predict what `iris` does, under AWS's `awslambdaric`; trains the forest. */
export function pythonFunctions(python: string, folder: string): PythonFunctions {
  const forest = path.join(folder, "iris.joblib");
  execFileSync(python, [path.join(PEERS, "train_iris.py"), forest], { stdio: "inherit" });
  const underLambda = (handler: string, environment: Record<string, string> = {}): FunctionCommand => ({
    file: python,
    args: ["-m", "awslambdaric", `${handler}.handler`],
    environment: { PYTHONPATH: PEERS, ...modelVariables("iris"), ...environment },
    logFile: path.join(folder, "log"),
  });
  return {
    onnxRuntime: underLambda("lambda_onnx"),
    scikitLearn: underLambda("lambda_sklearn", { MODEL_FILE: forest }),
    scikitLearnEach: underLambda("lambda_sklearn", { MODEL_FILE: forest, LOAD: "each" }),
  };
}
