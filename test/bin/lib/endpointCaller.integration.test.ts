import assert from "node:assert/strict";
import http from "node:http";
import { EndpointCaller } from "../../../bin/lib/endpointCaller";
import { listen } from "../../helpers/http/listen";
import { useEnvironment } from "../../helpers/process/useEnvironment";

/** A function URL's rejection of what is not signed. */
const REJECTION = { "x-amzn-errortype": "AccessDeniedException" };

describe("a caller of endpoints", () => {
  const signatures: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    const { authorization } = request.headers;
    signatures.push(authorization);
    if (authorization) response.writeHead(200).end("{}");
    else response.writeHead(403, REJECTION).end('{"Message":"Forbidden"}');
  });
  let address: string;

  const setEnvironment = useEnvironment();

  before(async () => {
    setEnvironment({ AWS_REGION: undefined, AWS_PROFILE: undefined, AWS_CONFIG_FILE: "/dev/null" });
    address = `${await listen(server)}/`;
  });
  beforeEach(() => {
    signatures.length = 0;
  });

  const credentials = { accessKeyId: "AKIA", secretAccessKey: "secret" };

  it("signs what was rejected without a signature, and from then on at once", async () => {
    const caller = new EndpointCaller({ region: "eu-west-1", credentials });
    assert.equal((await caller.post(address, "{}")).status, 200);
    assert.equal((await caller.post(address, "{}")).status, 200);
    assert.deepEqual(
      signatures.map((signature) => signature?.match(/Credential=AKIA\/\d{8}\/(.*?),/)?.[1]),
      [undefined, "eu-west-1/lambda/aws4_request", "eu-west-1/lambda/aws4_request"],
    );
  });

  it("says what to set where neither address nor settings name a region", async () => {
    await assert.rejects(new EndpointCaller({ credentials }).post(address, "{}"), {
      message: "There is no AWS region to sign for: set AWS_REGION, or a profile's `region`.",
    });
  });
});
