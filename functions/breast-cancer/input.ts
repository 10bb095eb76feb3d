import { description, type InferOutput, object, pipe } from "valibot";
import { finiteNumber } from "../shared/finiteNumber";

const measure = (what: string) => pipe(finiteNumber(), description(what));

/** Five columns of scikit-learn's breast cancer data, in the order of the model's input and of the 400 message. */
export const input = object({
  meanConcavePoints: measure("Mean of the concave portions of the contour"),
  worstRadius: measure("Largest mean distance from centre to perimeter"),
  worstTexture: measure("Largest standard deviation of grey values"),
  worstArea: measure("Largest area"),
  worstConcavePoints: measure("Largest number of concave portions of the contour"),
});

export type Input = InferOutput<typeof input>;
