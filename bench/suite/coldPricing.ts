import type { Benchmark } from "../lib/benchmark";
import { PRICING } from "../lib/bucketFunctions";
import { ABOUT, coldFromBucket, SDK_FLOOR, SDK_SHARE, SIGNED_FLOOR } from "../lib/coldFromBucket";

const KEY = "linear-learner-2026-11-21-09-00-00-000/output/model.tar.gz";

export const benchmark: Benchmark = {
  name: "coldPricing",
  title: "Cold start of pricing, with its model from S3",
  about: ABOUT,
  unit: "ms",
  rounds: 40,
  variants: coldFromBucket(PRICING, KEY),
  goals: [
    { variant: "pricing", against: SDK_FLOOR, atMost: 1.2 },
    { variant: "pricing", against: SIGNED_FLOOR, atMost: 1.2, obstacle: SDK_SHARE },
  ],
};
