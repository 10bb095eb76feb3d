import { optional, readEnv } from "./env";
import type { Request } from "./events";

const { CORS_ORIGINS } = readEnv({ CORS_ORIGINS: optional });
const ORIGINS = CORS_ORIGINS?.split(" ") ?? [];

/**
 * CORS headers of a response over the REST API, whose proxy integration passes the function's headers on unchanged. A
 * function URL adds its own, and browsers reject duplicates.
 */
export function corsHeaders({ form, method, headers }: Request): Record<string, string> {
  if (form !== "restApi" || ORIGINS.length === 0) return {};
  const origin = ORIGINS.includes("*") ? "*" : ORIGINS.find((allowed) => allowed === headers.origin);
  if (origin === undefined) return { vary: "origin" };
  const preflight = {
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "3600",
  };
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "x-request-id",
    ...(origin === "*" ? {} : { vary: "origin" }),
    ...(method === "OPTIONS" ? preflight : {}),
  };
}
