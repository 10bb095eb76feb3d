/**
 * Says that the evaluator and ONNX Runtime were compared on a model and agree: in a model object's metadata, under
 * {@link EVALUATOR_KEY}, and in a card. Another number where the evaluator changes what it answers.
 */
export const EVALUATOR_MARK = "1";

export const EVALUATOR_KEY = "evaluator";

/** Whether an object of the bucket has the mark of this evaluator. */
export function isEvaluable({ metadata }: { readonly metadata: Readonly<Record<string, string>> }): boolean {
  return metadata[EVALUATOR_KEY] === EVALUATOR_MARK;
}
