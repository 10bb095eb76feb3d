import type { Benchmark } from "../lib/benchmark";
import { OPEN_INFERENCE } from "../lib/bucketFunctions";
import { ABOUT, coldFromBucket, SDK_FLOOR, SDK_SHARE, SIGNED_FLOOR } from "../lib/coldFromBucket";

export const benchmark: Benchmark = {
  name: "coldOpenInference",
  title: "Cold start of open-inference, with its model from S3",
  about: `${ABOUT} It asks S3 for three things: which versions there are, which of them answer, and the model.`,
  unit: "ms",
  rounds: 40,
  variants: coldFromBucket(OPEN_INFERENCE, "models/iris/1/model.onnx"),
  goals: [
    {
      variant: "open-inference",
      against: SDK_FLOOR,
      atMost: 1.2,
      obstacle: `The floor has one request to S3, not three, two of which depend on each other: the first listing and the first
404 take 9 ms of processor time, the forest, which is read by code that V8 still interprets, 6.`,
    },
    { variant: "open-inference", against: SIGNED_FLOOR, atMost: 1.2, obstacle: SDK_SHARE },
  ],
};
