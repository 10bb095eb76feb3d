import fc from "fast-check";

/** Tries properties with the same values in each run, so that a test that fails tells of a change. Another seed tries others. */
fc.configureGlobal({ seed: Number(process.env.PADDOCK_SEED ?? 1) });
