import type { Rule } from "../lib/rule";
import { forbidBallast } from "./package/forbidBallast";
import { forbidSecrets } from "./package/forbidSecrets";
import { limitGlibc } from "./package/limitGlibc";
import { limitLayers } from "./package/limitLayers";
import { limitUnzippedSize } from "./package/limitUnzippedSize";
import { limitZippedSize } from "./package/limitZippedSize";
import { matchArchitecture } from "./package/matchArchitecture";
import { requireReadable } from "./package/requireReadable";

/** Every rule there is; a test compares this with the folder. */
export const RULES: readonly Rule[] = [
  limitZippedSize,
  limitUnzippedSize,
  limitLayers,
  requireReadable,
  matchArchitecture,
  limitGlibc,
  forbidBallast,
  forbidSecrets,
];
