import type { Benchmark } from "../lib/benchmark";
import { ABOUT_LARGE_MODEL, BARE, BUFFER, FROM_VOLUME, largeModelVariants } from "../lib/largeModel";

export const benchmark: Benchmark = {
  name: "largeModel",
  title: "Loading a model of 1 GiB",
  about: ABOUT_LARGE_MODEL,
  unit: "ms",
  rounds: 5,
  discardedRounds: 0,
  variants: ({ folder }) => largeModelVariants(folder, "ms"),
  goals: [
    {
      variant: FROM_VOLUME,
      against: BARE,
      atMost: 1.1,
      obstacle: `The store takes 4 ms more: it looks at the model's files and reads the graph before the session does, to
know what the model needs, by calls that do not block where a file system hangs.`,
    },
    { variant: BUFFER, against: FROM_VOLUME, atLeast: 10 },
  ],
};
