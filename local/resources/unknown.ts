/**
 * A value that AWS gives later, as it appears in a preview. No text and no number, so that {@link import("./read").read}
 * passes it over, and making text of it by mistake throws.
 */
export const UNKNOWN: unique symbol = Symbol("unknown");
