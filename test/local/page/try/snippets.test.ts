import assert from "node:assert/strict";
import { quote, requestSnippets, signingOptions, toPython } from "../../../../local/page/client/try/snippets";

describe("A request to copy", () => {
  it("A request to copy is quoted for a shell", () => {
    assert.equal(quote("it's $HOME `id`"), "'it'\\''s $HOME `id`'");
    assert.equal(quote("http://127.0.0.1:4112/v2"), "http://127.0.0.1:4112/v2");
  });

  it("is written in Python's words", () => {
    const value = { yes: true, none: null, list: [false, 1.5, 'a"b'] };
    assert.equal(toPython(value), '{"yes": True, "none": None, "list": [False, 1.5, "a\\"b"]}');
  });

  it("is signed by curl where the endpoint's own command line is", () => {
    const signing =
      '--aws-sigv4 aws:amz:us-east-1:lambda --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN"';
    assert.equal(signingOptions(`curl ${signing} -d '{"a":1}' https://x`), signing);
    assert.equal(
      signingOptions(`curl ${signing} -H 'content-type: image/png' --data-binary @file https://x`),
      signing,
    );
    assert.equal(signingOptions("curl -d '{\"a\":1}' https://x"), "");
    const request = { method: "POST", url: "https://x", headers: {}, body: { a: 1 } } as const;
    assert.ok(requestSnippets(request, signing).curl.startsWith(`curl \\\n  ${signing} \\\n  -d '{"a":1}'`));
  });
});
