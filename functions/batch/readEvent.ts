import { memberOf, notifiedKeys } from "../shared/events";

/** The event by which a run has another one go on. */
export interface ContinueEvent {
  readonly batch: string;
}

/**
 * Reads an event: S3's notification, or what a run sends to continue.
 *
 * @returns  Keys of objects, each once.
 * @throws Error  The event is neither of the two.
 */
export function readEvent(event: unknown): readonly string[] {
  const batch = memberOf(event, "batch");
  if (typeof batch === "string") return [batch];
  const keys = notifiedKeys(event);
  if (keys === undefined) {
    throw new Error('The event is neither {"batch": "<key>"} nor a notification of S3');
  }
  return keys;
}
