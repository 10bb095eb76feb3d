import assert from "node:assert/strict";
import type { LocalCloud } from "../../local/localCloud";
import { signedFetch } from "../helpers/signedFetch";
import { startProject } from "../helpers/startProject";

const FLOWER = '{"sl":6.9,"sw":3.1,"pl":5.1,"pw":2.3}';

describe("a stack that asks for signed requests", () => {
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startProject({ config: { functionUrlAuth: "AWS_IAM", apiAuth: "AWS_IAM" } });
  });
  after(() => cloud.close());

  const ways = [
    { way: "function URL", service: "lambda", address: () => String(cloud.outputs.irisUrl) },
    { way: "REST API", service: "execute-api", address: () => `${cloud.outputs.apiUrl}/iris` },
  ] as const;
  for (const { way, service, address } of ways) {
    it(`answers what the AWS SDK's signer signed, over the ${way}`, async () => {
      const response = await signedFetch(address(), FLOWER, { credentials: cloud.rootKey, service });
      assert.deepStrictEqual([response.status, await response.text()], [200, "virginica"]);
    });

    it(`refuses what is not signed, or signed by another secret, over the ${way}`, async () => {
      const unsigned = await fetch(address(), { method: "POST", body: FLOWER });
      const credentials = { ...cloud.rootKey, secretAccessKey: "another" };
      const forged = await signedFetch(address(), FLOWER, { credentials, service });
      assert.deepStrictEqual([unsigned.status, forged.status], [403, 403]);
    });
  }

  it("lets a browser's preflight through to the REST API, which it does not sign", async () => {
    const response = await fetch(`${cloud.outputs.apiUrl}/iris`, {
      method: "OPTIONS",
      headers: { origin: "https://example.com", "access-control-request-method": "POST" },
    });
    assert.deepStrictEqual(
      [response.status, response.headers.get("access-control-allow-origin")],
      [204, "*"],
    );
  });
});
