import { AwsError } from "../../../http/awsError";
import type { XmlElements } from "../../../http/writeXml";
import type { Caller } from "../../iam/accessKeys";
import type { IamService } from "../../iam/iamService";

const MIN_SECONDS = 900;
const MAX_SECONDS = 129_600;
/** For the root user, whatever longer time is asked for; nobody else has a key that stays. */
const MAX_ROOT_SECONDS = 3600;

/** Needs no permission. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export function getSessionToken(
  { accessKey }: Caller,
  parameters: ReadonlyMap<string, string>,
  callers: Pick<IamService, "rootSession">,
): XmlElements {
  // AWS's prefix of temporary keys.
  if (accessKey.startsWith("ASIA")) {
    throw new AwsError("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
  }
  if (parameters.has("SerialNumber") || parameters.has("TokenCode")) {
    throw new AwsError(
      "AccessDenied",
      403,
      "MultiFactorAuthentication failed: the local STS has no MFA devices.",
    );
  }
  const seconds = readSeconds(parameters.get("DurationSeconds"));
  const expiration = Date.now() + seconds * 1000;
  const { accessKeyId, secretAccessKey, sessionToken } = callers.rootSession(expiration);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiration).toISOString().replace(/\.\d+Z$/, "Z"),
    },
  };
}

/** @throws AwsError  ValidationError */
function readSeconds(text: string | undefined): number {
  const seconds = Number(text ?? MAX_ROOT_SECONDS);
  if (Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) {
    return Math.min(seconds, MAX_ROOT_SECONDS);
  }
  throw new AwsError(
    "ValidationError",
    400,
    `\`DurationSeconds\` must be a whole number from ${MIN_SECONDS} to ${MAX_SECONDS}.`,
  );
}
