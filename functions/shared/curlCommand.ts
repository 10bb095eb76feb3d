import type { Request } from "./events";

/**
 * A command line that posts `body` as JSON. If the caller's own request had to be signed, the command signs with the
 * credentials in the environment, temporary ones included.
 *
 * @param request The `GET` request that asks for the endpoint's description.
 */
export function curlCommand(request: Request, url: string, body: unknown): string {
  return `curl ${signing(request)}-d '${JSON.stringify(body)}' ${url}`;
}

/** Like {@link curlCommand}, with a file as the body. */
export function curlFile(request: Request, url: string, mediaType: string): string {
  return `curl ${signing(request)}-H 'content-type: ${mediaType}' --data-binary @file ${url}`;
}

function signing(request: Request): string {
  const signedFor = request.signedFor();
  return signedFor
    ? `--aws-sigv4 aws:amz:${process.env.AWS_REGION}:${signedFor} --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" `
    : "";
}
