import { memberOf, notifiedKeys } from "../shared/events";

/** The models that an invocation is about. */
export interface SyncRequest {
  readonly model: string;
  /**
   * Whether the model has to match its card: the caller asks for it, or the card itself, which is uploaded last, has
   * arrived. Otherwise an upload of several files may still be in progress.
   */
  readonly complete: boolean;
}

const CARD = "card.json";

/**
 * Reads an event: `{"model": "<name>"}` from a deployment, or S3's notification.
 *
 * @param prefix Prefix of the models' keys, for example `volume/`; keys are `<prefix><model>/<file>`.
 * @returns Each model once.
 * @throws Error  The event is neither of the two.
 */
export function readEvent(event: unknown, prefix: string): readonly SyncRequest[] {
  const model = memberOf(event, "model");
  if (typeof model === "string" && isName(model)) return [{ model, complete: true }];
  const keys = notifiedKeys(event);
  if (keys === undefined) {
    throw new Error('The event is neither {"model": "<name>"} nor a notification of S3');
  }
  const requests = new Map<string, SyncRequest>();
  for (const key of keys) {
    const [, name, file] =
      /^([^/]*)\/(.+)$/s.exec(key.startsWith(prefix) ? key.slice(prefix.length) : "") ?? [];
    if (name === undefined || !isName(name)) continue;
    const complete = file === CARD || requests.get(name)?.complete === true;
    requests.set(name, { model: name, complete });
  }
  return [...requests.values()];
}

/** A model is named after its folder. */
function isName(text: string): boolean {
  return /^[\w-][\w.-]{0,99}$/.test(text);
}
