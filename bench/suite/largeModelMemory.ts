import type { Benchmark } from "../lib/benchmark";
import { ABOUT_LARGE_MODEL, BARE, BUFFER, FROM_VOLUME, largeModelVariants } from "../lib/largeModel";

export const benchmark: Benchmark = {
  name: "largeModelMemory",
  title: "Private memory of a model of 1 GiB",
  about: `${ABOUT_LARGE_MODEL} Counted is the memory that loading adds to the process and that Lambda would count: \`RssAnon\`
of Linux, without the pages of mapped files.`,
  unit: "MiB",
  rounds: 1,
  discardedRounds: 0,
  variants: ({ folder }) => largeModelVariants(folder, "MiB"),
  goals: [
    { variant: FROM_VOLUME, against: BARE, atMost: 1.1 },
    { variant: BUFFER, against: FROM_VOLUME, atLeast: 10 },
  ],
};
