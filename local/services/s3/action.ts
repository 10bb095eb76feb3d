import type { Call } from "./call";
import type { Answer } from "./wire/answer";

/** One of S3's actions: checks permissions, does what the request asks for, or throws an `S3Error`. */
export type Action = (call: Call) => Promise<Answer>;
