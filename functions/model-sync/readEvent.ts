/** What a call is about. */
export interface SyncRequest {
  /** Names of models, each once. */
  readonly models: readonly string[];
  /** Whether S3 told of uploads, of which more may follow; else someone asks for the model and waits. */
  readonly uploads: boolean;
}

interface S3Event {
  readonly Records?: readonly { readonly s3?: { readonly object?: { readonly key?: unknown } } }[];
}

/**
 * Reads the two events there are: `{"model": "<name>"}` of a deployment (or anyone else), and S3's notification.
 *
 * @param prefix  Of the models' keys, e.g. `volume/`; keys are `<prefix><model>/<file>`.
 * @throws Error  Neither of the two.
 */
export function readEvent(event: unknown, prefix: string): SyncRequest {
  const { model, Records } = (event ?? {}) as { model?: unknown } & S3Event;
  if (typeof model === "string" && isName(model)) return { models: [model], uploads: false };
  if (!Array.isArray(Records)) {
    throw new Error('The event is neither {"model": "<name>"} nor a notification of S3');
  }
  const models = (Records as NonNullable<S3Event["Records"]>).flatMap(({ s3 }) => {
    // S3 encodes keys as forms are: a blank is a plus sign.
    const key = decodeURIComponent(String(s3?.object?.key ?? "").replaceAll("+", " "));
    const [name, file] = key.startsWith(prefix) ? key.slice(prefix.length).split("/", 2) : [];
    return name && file && isName(name) ? [name] : [];
  });
  return { models: [...new Set(models)], uploads: true };
}

/** A model's name is a folder's. */
function isName(text: string): boolean {
  return /^[\w-][\w.-]{0,99}$/.test(text);
}
