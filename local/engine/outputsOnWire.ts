import { isDeepStrictEqual } from "node:util";
import { toWire } from "../program/wireValue";
import type { Properties } from "../resources/value";
import type { State } from "./previewUpdate";

/** Outputs for the engine, which keeps the id apart; an input that AWS left as it is, as it came. */
export function outputsOnWire({ inputs, outputs }: State, news: Properties = {}): Properties {
  const { id: _, ...rest } = outputs;
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        name in news && isDeepStrictEqual(value, inputs[name]) ? news[name] : toWire(value),
      ]),
  );
}
