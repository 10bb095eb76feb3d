/** How one request ended in an instance. */
export type Outcome =
  | { readonly status: "success"; readonly payload: Buffer }
  | { readonly status: "error" | "timeout"; readonly payload: Buffer; readonly errorType: string };

/** An outcome that the service words itself, as Lambda does for a crash or a timeout. */
export function fault(status: "error" | "timeout", errorType: string, errorMessage: string): Outcome {
  return { status, errorType, payload: Buffer.from(JSON.stringify({ errorType, errorMessage })) };
}

/** An outcome that the function's runtime reported. */
export function reported(payload: Buffer): Outcome {
  let errorType = "Unhandled";
  try {
    const parsed: unknown = JSON.parse(payload.toString("utf8"));
    const named = (parsed as { errorType?: unknown } | null)?.errorType;
    if (typeof named === "string") errorType = named;
  } catch {
    // A runtime may post anything; the caller gets it as it is.
  }
  return { status: "error", errorType, payload };
}
