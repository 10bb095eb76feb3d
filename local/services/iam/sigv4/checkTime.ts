import type { Authentication } from "./readAuthentication";
import { isoBasic } from "./readAuthentication";
import { SignatureError } from "./signatureError";

const MINUTE = 60 * 1000;

/**
 * S3 takes requests up to 15 minutes old or ahead, every other service up to 5; a presigned one until it expires.
 * @param now  ms since 1970.
 * @throws SignatureError
 */
export function checkTime(authentication: Authentication, service: string, now: number): void {
  if (service === "s3") checkForS3(authentication, now);
  else checkForOthers(authentication, now);
}

function checkForS3({ time, expires }: Authentication, now: number): void {
  const maxSkew = 15 * MINUTE;
  if (expires === undefined) {
    if (Math.abs(now - time) <= maxSkew) return;
    throw new SignatureError(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
    );
  }
  const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
  if (time - now > maxSkew) {
    const details = { "X-Amz-Date": iso(time), ServerTime: iso(now) };
    throw new SignatureError("AccessDenied", "Request is not yet valid", details);
  }
  const end = time + expires * 1000;
  if (now > end) {
    const details = { "X-Amz-Expires": expires, Expires: iso(end), ServerTime: iso(now) };
    throw new SignatureError("AccessDenied", "Request has expired", details);
  }
}

function checkForOthers({ time, timestamp, expires }: Authentication, now: number): void {
  const maxSkew = 5 * MINUTE;
  if (time - now > maxSkew) {
    throw new SignatureError(
      "RequestTimeTooSkewed",
      `Signature not yet current: ${timestamp} is still later than ${isoBasic(now + maxSkew)} (${isoBasic(now)} + 5 min.)`,
    );
  }
  const age = expires === undefined ? maxSkew : expires * 1000;
  if (now - time > age) {
    throw new SignatureError(
      "RequestTimeTooSkewed",
      `Signature expired: ${timestamp} is now earlier than ${isoBasic(now - age)} (${isoBasic(now)} - ${spell(age)}.)`,
    );
  }
}

function spell(age: number): string {
  return age % MINUTE === 0 ? `${age / MINUTE} min` : `${age / 1000} sec`;
}
