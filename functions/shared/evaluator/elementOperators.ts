import type { OperatorFactory } from "./operator";
import { floatsOf, floatValue, NotEvaluable, sizeOf, type Value } from "./value";

/** An operator of each element. */
function unary(compute: (x: number) => number): OperatorFactory {
  return () =>
    ([X]) => {
      const x = floatsOf(X);
      return [{ ...X, data: x.map(compute) } as Value];
    };
}

export const exp = unary(Math.exp);
export const log = unary(Math.log);
export const abs = unary(Math.abs);
export const neg = unary((x) => -x);
export const sigmoid = unary((x) => 1 / (1 + Math.exp(-x)));

/** https://onnx.ai/onnx/operators/onnx__Clip.html; bounds were attributes before opset 11. */
export const clip: OperatorFactory = (attributes) => {
  const bounds = [
    attributes.float("min", Number.NEGATIVE_INFINITY),
    attributes.float("max", Number.POSITIVE_INFINITY),
  ];
  return ([X, least, most]) => {
    const [min = 0, max = 0] = [least, most].map((bound, i) => (bound ? floatsOf(bound)[0] : bounds[i]));
    return [{ ...X, data: floatsOf(X).map((x) => (x < min ? min : x > max ? max : x)) } as Value];
  };
};

/** Pairs the elements of two tensors: https://onnx.ai/onnx/repo-docs/Broadcasting.html */
function broadcast(a: Value, b: Value): { dims: number[]; at(i: number): readonly [number, number] } {
  const rank = Math.max(a.dims.length, b.dims.length);
  const padded = [a, b].map(({ dims }) => [...Array(rank - dims.length).fill(1), ...dims] as number[]);
  const [left = [], right = []] = padded;
  const dims = left.map((size, axis) => {
    const other = right[axis] ?? 1;
    if (size !== other && size !== 1 && other !== 1) {
      throw new RangeError(`[${a.dims}] and [${b.dims}] do not go together`);
    }
    return size === 1 ? other : size;
  });
  const strides = padded.map((sizes) =>
    sizes.map((size, axis) => (size === 1 ? 0 : sizeOf(sizes.slice(axis + 1)))),
  );
  const indexIn = (stride: readonly number[], i: number) => {
    let index = 0;
    for (let axis = rank - 1, rest = i; axis >= 0; axis--) {
      const size = dims[axis] as number;
      index += (rest % size) * (stride[axis] as number);
      rest = Math.floor(rest / size);
    }
    return index;
  };
  return { dims, at: (i) => [indexIn(strides[0] ?? [], i), indexIn(strides[1] ?? [], i)] };
}

/** An operator of two floats of one type. */
function binary(compute: (a: number, b: number) => number): OperatorFactory {
  return () =>
    ([A, B]) => {
      const [a, b] = [floatsOf(A), floatsOf(B)];
      if (A === undefined || B === undefined || A.type !== B.type) throw new NotEvaluable("two types");
      const { dims, at } = broadcast(A, B);
      const data = (
        A.type === "float64" ? new Float64Array(sizeOf(dims)) : new Float32Array(sizeOf(dims))
      ).map((_, i) => {
        const [left, right] = at(i);
        return compute(a[left] as number, b[right] as number);
      });
      return [{ type: A.type, dims, data } as Value];
    };
}

export const add = binary((a, b) => a + b);
export const sub = binary((a, b) => a - b);
export const mul = binary((a, b) => a * b);
export const div = binary((a, b) => a / b);

export const greater: OperatorFactory =
  () =>
  ([A, B]) => {
    const [a, b] = [floatsOf(A), floatsOf(B)];
    const { dims, at } = broadcast(A as Value, B as Value);
    const data = Uint8Array.from({ length: sizeOf(dims) }, (_, i) => {
      const [left, right] = at(i);
      return (a[left] as number) > (b[right] as number) ? 1 : 0;
    });
    return [{ type: "bool", dims, data }];
  };

export const isMissing: OperatorFactory =
  () =>
  ([X]) => [
    {
      type: "bool",
      dims: X?.dims ?? [],
      data: Uint8Array.from(floatsOf(X), (x) => (Number.isNaN(x) ? 1 : 0)),
    },
  ];

/** Only with the condition's shape on one side, and one number on the other. */
export const where: OperatorFactory =
  () =>
  ([condition, X, Y]) => {
    const [x, y] = [floatsOf(X), floatsOf(Y)];
    if (condition?.type !== "bool" || X === undefined || X.type !== Y?.type)
      throw new NotEvaluable("Where of two types");
    const { data } = condition;
    const one = (values: ArrayLike<number>, i: number) => values[values.length === 1 ? 0 : i] as number;
    for (const values of [x, y]) {
      if (values.length !== 1 && values.length !== data.length)
        throw new NotEvaluable("Where of other shapes");
    }
    const chosen = Array.from(data, (holds, i) => (holds ? one(x, i) : one(y, i)));
    return [floatValue(X.type === "float64" ? "float64" : "float32", condition.dims, chosen)];
  };

/** Between floats and from booleans and to whole numbers. */
export const cast: OperatorFactory = (attributes) => {
  const to = attributes.int("to", 0);
  attributes.int("saturate", 1);
  return ([X]) => {
    if (X === undefined) throw new NotEvaluable("Cast of nothing");
    if (X.type === "string") {
      if (to === 8) return [X];
      throw new NotEvaluable("Cast of strings");
    }
    const numbers = (): ArrayLike<number> =>
      X.data instanceof BigInt64Array ? Array.from(X.data, Number) : (X.data as Float64Array);
    switch (to) {
      case 1:
        return [floatValue("float32", X.dims, numbers())];
      case 11:
        return [floatValue("float64", X.dims, numbers())];
      case 7: {
        if (X.type === "int64") return [X];
        if (X.type !== "bool" && X.type !== "int32") throw new NotEvaluable("Cast of floats to int64");
        return [{ type: "int64", dims: X.dims, data: BigInt64Array.from(Array.from(X.data), BigInt) }];
      }
      default:
        throw new NotEvaluable(`Cast to the type ${to}`);
    }
  };
};
