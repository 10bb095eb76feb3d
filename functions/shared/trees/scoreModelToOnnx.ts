import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "../onnxProto";
import { ensembleAttributes } from "./ensembleAttributes";
import type { Link, ScoreModel } from "./scoreModel";

/**
 * Writes a model as ONNX, with inputs and outputs as onnxmltools names them: `input` float32 [N, features] in; `label`
 * int64 [N] and `probabilities` float32 [N, classes] out of a classifier, `variable` float32 [N, outputs] out of all else.
 */
export function scoreModelToOnnx(model: ScoreModel): OnnxModel {
  const graph = new Graph();
  addScores(graph, model);
  const outputs =
    model.link.kind === "classes"
      ? addClasses(graph, model, model.link)
      : addValues(graph, model, model.link);
  return {
    name: model.name,
    nodes: graph.nodes,
    inputs: [{ name: "input", type: "FLOAT", shape: ["N", model.features] }],
    outputs,
    initializers: graph.initializers,
    opsets: { "": 15, "ai.onnx.ml": 3 },
  };
}

class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];

  add(op: string, inputs: string[], output: string, attributes: OnnxNode["attributes"] = {}): string {
    this.nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  }

  /** A number, or the bytes of a tensor. */
  constant(
    name: string,
    type: "FLOAT" | "DOUBLE" | "INT64",
    values: readonly number[] | Float64Array,
  ): string {
    const data =
      type === "INT64"
        ? BigInt64Array.from(values, BigInt)
        : type === "FLOAT"
          ? Float32Array.from(values)
          : Float64Array.from(values);
    this.initializers.push({ name, type, dims: [values.length], data });
    return name;
  }

  cast(input: string, type: "FLOAT" | "DOUBLE" | "INT64", output: string): string {
    return this.add("Cast", [input], output, { to: { int: { FLOAT: 1, DOUBLE: 11, INT64: 7 }[type] } });
  }
}

/** Adds `scores`, double [N, outputs]. Links are computed in double: ONNX Runtime approximates some of them in float. */
function addScores(graph: Graph, { features, outputs, scores, precision }: ScoreModel): void {
  if (scores.kind === "trees") {
    const input = precision === "DOUBLE" ? graph.cast("input", "DOUBLE", "rows") : "input";
    graph.nodes.push({
      op: "TreeEnsembleRegressor",
      domain: "ai.onnx.ml",
      inputs: [input],
      outputs: ["sums"],
      attributes: ensembleAttributes(scores, features, precision),
    });
    graph.cast("sums", "DOUBLE", "scores");
    return;
  }
  graph.cast("input", "DOUBLE", "rows");
  graph.add("IsNaN", ["rows"], "missing");
  graph.add("Where", ["missing", graph.constant("zero", "DOUBLE", [0]), "rows"], "known");
  graph.initializers.push({
    name: "weights",
    type: "DOUBLE",
    dims: [outputs, features],
    data: scores.weights,
  });
  graph.add("Gemm", ["known", "weights", graph.constant("base", "DOUBLE", scores.base)], "scores", {
    transB: { int: 1 },
  });
}

function addValues(
  graph: Graph,
  { outputs }: ScoreModel,
  link: Extract<Link, { kind: "values" }>,
): OnnxValue[] {
  graph.cast(addTransform(graph, link), "FLOAT", "variable");
  return [{ name: "variable", type: "FLOAT", shape: ["N", outputs] }];
}

function addTransform(graph: Graph, link: Extract<Link, { kind: "values" }>): string {
  switch (link.transform) {
    case "identity":
      return "scores";
    case "exp":
      return graph.add("Exp", ["scores"], "values");
    case "softplus":
      return graph.add(
        "Log",
        [
          graph.add(
            "Add",
            [graph.add("Exp", ["scores"], "exps"), graph.constant("one", "DOUBLE", [1])],
            "above",
          ),
        ],
        "values",
      );
    case "signedSquare":
      return graph.add("Mul", ["scores", graph.add("Abs", ["scores"], "magnitudes")], "values");
    case "sigmoid":
      return addSigmoid(graph, link.scale);
  }
}

function addSigmoid(graph: Graph, scale: number): string {
  const logits =
    scale === 1
      ? "scores"
      : graph.add("Mul", ["scores", graph.constant("scale", "DOUBLE", [scale])], "logits");
  return graph.add("Sigmoid", [logits], "sigmoids");
}

/** Labels are decided in the library's own precision: at 0.5 the rounding matters. */
function addClasses(
  graph: Graph,
  { outputs, precision }: ScoreModel,
  link: Extract<Link, { kind: "classes" }>,
): OnnxValue[] {
  const rounded = (values: string) =>
    precision === "FLOAT" ? graph.cast(values, "FLOAT", "rounded") : values;
  const finish = (probabilities: string, classes: number, labels: OnnxValue["shape"]): OnnxValue[] => {
    if (precision === "FLOAT") graph.add("Identity", [probabilities], "probabilities");
    else graph.cast(probabilities, "FLOAT", "probabilities");
    return [
      { name: "label", type: "INT64", shape: labels },
      { name: "probabilities", type: "FLOAT", shape: ["N", classes] },
    ];
  };
  if (link.transform === "softmax" || link.transform === "oneVersusRest") {
    const values =
      link.transform === "softmax"
        ? graph.add("Softmax", ["scores"], "softmax", { axis: { int: -1 } })
        : addSigmoid(graph, link.scale);
    const probabilities = rounded(values);
    graph.add("ArgMax", [probabilities], "label", { axis: { int: 1 }, keepdims: { int: 0 } });
    return finish(probabilities, outputs, ["N"]);
  }
  const ofSecond = rounded(
    link.transform === "hinge"
      ? graph.cast(
          graph.add("Greater", ["scores", graph.constant("zero", "DOUBLE", [0])], "above"),
          "DOUBLE",
          "hinges",
        )
      : addSigmoid(graph, link.scale),
  );
  const isSecond = graph.add("Greater", [ofSecond, graph.constant("half", precision, [0.5])], "isSecond");
  const labels = graph.cast(isSecond, "INT64", outputs === 1 ? "labels" : "label");
  if (outputs > 1) return finish(ofSecond, outputs, ["N", outputs]);
  graph.add("Squeeze", [labels, graph.constant("columns", "INT64", [1])], "label");
  const ofFirst = graph.add("Sub", [graph.constant("one", precision, [1]), ofSecond], "ofFirst");
  const both = graph.add("Concat", [ofFirst, ofSecond], "both", { axis: { int: 1 } });
  return finish(both, 2, ["N"]);
}
