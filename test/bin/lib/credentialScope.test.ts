import assert from "node:assert/strict";
import { credentialScope } from "../../../bin/lib/credentialScope";

const rejection = (type?: string) =>
  new Response("", { status: 403, headers: type ? { "x-amzn-errortype": type } : {} });

describe("credentialScope", () => {
  const [url, api] = ["AccessDeniedException", "MissingAuthenticationTokenException"];
  for (const [host, type, scope] of [
    ["abc.lambda-url.eu-west-1.on.aws", url, { service: "lambda", region: "eu-west-1" }],
    ["abc.execute-api.us-gov-west-1.amazonaws.com", api, { service: "execute-api", region: "us-gov-west-1" }],
    ["abc.execute-api.cn-north-1.amazonaws.com.cn", api, { service: "execute-api", region: "cn-north-1" }],
    // With a resource policy, an API denies before it misses a signature.
    ["abc.execute-api.eu-west-1.amazonaws.com", url, { service: "execute-api", region: "eu-west-1" }],
    ["models.example.com", api, { service: "execute-api", region: undefined }],
    ["127.0.0.1:4110", url, { service: "lambda", region: undefined }],
    // Nobody else's name is believed.
    ["abc.lambda-url.eu-west-1.on.aws.example.com", url, { service: "lambda", region: undefined }],
  ] as const) {
    it(`names ${scope.service} in ${scope.region ?? "a region to be found"} for ${host}`, () => {
      assert.deepEqual(credentialScope(new URL(`https://${host}/a`), rejection(type)), scope);
    });
  }

  it("is missing in a response, and in a rejection by the handler itself", () => {
    const endpoint = new URL("https://abc.lambda-url.eu-west-1.on.aws/");
    assert.deepEqual(
      [
        credentialScope(endpoint, new Response("{}")),
        credentialScope(endpoint, rejection()),
        credentialScope(endpoint, rejection("InvalidSignatureException")),
      ],
      [undefined, undefined, undefined],
    );
  });
});
