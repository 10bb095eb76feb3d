import type { Authentication } from "./readAuthentication";
import { SignatureError } from "./signatureError";

/**
 * A signature holds for one day, region and service.
 * @param region  `undefined` takes any.
 * @throws SignatureError
 */
export function checkScope(
  authentication: Authentication,
  { service, region }: { readonly service: string; readonly region?: string },
): void {
  const { date, timestamp, expires } = authentication;
  const day = timestamp.slice(0, 8);
  if (service !== "s3") {
    const wrong = [
      ...(region !== undefined && authentication.region !== region
        ? [`Credential should be scoped to a valid region, not '${authentication.region}'.`]
        : []),
      ...(authentication.service === service
        ? []
        : [`Credential should be scoped to correct service: '${service}'.`]),
      ...(date === day
        ? []
        : [
            `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`,
          ]),
    ];
    if (wrong.length > 0) throw new SignatureError("SignatureDoesNotMatch", wrong.join(" "));
    return;
  }
  const code = expires === undefined ? "AuthorizationHeaderMalformed" : "AuthorizationQueryParametersError";
  if (authentication.service !== service) {
    throw new SignatureError(
      code,
      `The credential scope names service "${authentication.service}"; expecting "s3".`,
    );
  }
  if (date !== day) {
    throw new SignatureError(
      code,
      `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${day}".`,
    );
  }
}
