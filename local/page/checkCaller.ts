import { hash, timingSafeEqual } from "node:crypto";
import { AwsError } from "../http/awsError";
import { headerValue, type IncomingRequest } from "../http/message";

/**
 * Rejects calls of the API that are not by the page itself, or by a script that knows the secret. A page on another port of
 * this machine, such as one that a function answers with, is another origin.
 *
 * @throws AwsError
 */
export function checkCaller({ headers }: Pick<IncomingRequest, "headers">, secret: string): void {
  const origin = headerValue(headers, "origin");
  if (origin !== undefined && origin !== `http://${headerValue(headers, "host")}`) {
    const shown = origin.slice(0, 100);
    throw new AwsError("OriginNotAllowed", 403, `Pages of ${shown} are not allowed to call the page's API.`);
  }
  const [, given = ""] = /^Bearer (.+)$/.exec(headerValue(headers, "authorization") ?? "") ?? [];
  // Digests have one length, whatever is given.
  if (timingSafeEqual(Buffer.from(hash("sha256", given)), Buffer.from(hash("sha256", secret)))) return;
  throw new AwsError(
    "SecretRequired",
    401,
    "The page's secret is missing or wrong: open the address that the local cloud prints, or send `Authorization: Bearer SECRET`.",
  );
}
