import assert from "node:assert/strict";
import { Agent } from "node:http";
import type { LookupFunction } from "node:net";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { LocalCloud } from "@paddock/local/cli";
import { SERVICE_PORTS } from "../../../local/cloud/addressBook";
import { freePorts } from "../../helpers/cloud/freePorts";
import { type Signing, signedFetch } from "../../helpers/http/signedFetch";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { writeProject } from "../../helpers/program/writeProject";

const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

new aws.s3.Bucket("bucket", { bucket: "declared" });
const role = new aws.iam.Role("who", { name: "who", assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
new aws.lambda.Function("who", {
  name: "who", role: role.arn, runtime: "nodejs22.x", handler: "index.handler",
  code: new pulumi.asset.FileArchive(\`\${__dirname}/who\`),
});
`;
const WHO = "exports.handler = async () => process.env;";

/** Names below `localhost` are found by browsers and curl, and by few systems. */
const toLoopback: LookupFunction = (_name, { all }, found) =>
  all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);

const IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";
const FORM = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

describe("The one address of the local cloud", () => {
  const fixed = { accessKeyId: "minio", secretAccessKey: "minio123" };
  let cloud: LocalCloud;
  let endpoint: string;
  before(async () => {
    const basePort = await freePorts();
    cloud = await LocalCloud.start({
      projectDir: writeProject(PROGRAM, { "who/index.js": WHO }),
      stack: "dev",
      basePort,
      dataDir: temporaryFolder(),
      config: {},
      accessKeys: [fixed],
    });
    endpoint = String(cloud.outputs.endpoint);
    assert.equal(endpoint, `http://127.0.0.1:${basePort + SERVICE_PORTS.all}`);
  });
  after(() => cloud.close());

  const access = () => ({ endpoint, region: cloud.region, credentials: cloud.rootKey });
  const ask = async (service: Signing["service"], path: string, body: string, own: Partial<Signing> = {}) => {
    const signing = { credentials: cloud.rootKey, service, region: cloud.region, ...own };
    const response = await signedFetch(endpoint + path, body, signing);
    return { status: response.status, text: await response.text() };
  };
  const INVOKE = "/2015-03-31/functions/who/invocations";
  const environment = async () =>
    JSON.parse((await ask("lambda", INVOKE, "{}")).text) as Record<string, string>;

  for (const [title, host, forcePathStyle] of [
    ["in the path", "127.0.0.1", true],
    ["in the host", "localhost", false],
  ] as const) {
    it(`serves S3 to what is signed for it, presigned or in the header, with the bucket ${title}`, async () => {
      const client = new S3Client({
        ...access(),
        endpoint: endpoint.replace("127.0.0.1", host),
        forcePathStyle,
        requestHandler: { httpAgent: new Agent({ lookup: toLoopback }) },
      });
      const target = { Bucket: "declared", Key: `${host}/key` };
      try {
        await client.send(new PutObjectCommand({ ...target, Body: "hello" }));
        const { Contents } = await client.send(
          new ListObjectsV2Command({ Bucket: "declared", Prefix: host }),
        );
        assert.deepEqual(
          Contents?.map(({ Key }) => Key),
          [target.Key],
        );
        const url = new URL(await getSignedUrl(client, new PutObjectCommand(target)));
        assert.equal(url.hostname, forcePathStyle ? host : `declared.${host}`);
      } finally {
        client.destroy();
      }
    });
  }

  it("takes a presigned request, and hands what is not signed to S3", async () => {
    const client = new S3Client({ ...access(), requestChecksumCalculation: "WHEN_REQUIRED" });
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: "declared", Key: "presigned" }));
    client.destroy();
    assert.equal((await fetch(url, { method: "PUT", body: "x" })).status, 200);
    const unsigned = await fetch(`${endpoint}/declared/presigned`);
    assert.deepEqual(
      [unsigned.status, /<Code>(\w+)<\/Code>/.exec(await unsigned.text())?.[1]],
      [403, "AccessDenied"],
    );
  });

  it("says with S3's own errors what S3 rejects", async () => {
    const client = new S3Client(access());
    await assert.rejects(client.send(new CreateBucketCommand({ Bucket: "undeclared" })), {
      name: "AccessDenied",
    });
    client.destroy();
  });

  it("The one address of the local cloud serves Lambda", async () => {
    assert.equal((await environment()).AWS_LAMBDA_FUNCTION_NAME, "who");
    const { status, text } = await ask("lambda", "/2015-03-31/functions/none/invocations", "{}");
    assert.deepEqual([status, JSON.parse(text).Message.slice(0, 18)], [404, "Function not found"]);
  });

  it("serves the SageMaker runtime", async () => {
    const client = new SageMakerRuntimeClient(access());
    await assert.rejects(client.send(new InvokeEndpointCommand({ EndpointName: "none", Body: "{}" })), {
      message: "Endpoint none of account 123456789012 not found.",
    });
    client.destroy();
  });

  it("says by STS who signed: the administrator, or a function's role", async () => {
    const { status, text } = await ask("sts", "/", IDENTITY, { headers: FORM });
    assert.equal(status, 200);
    assert.match(
      text,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<GetCallerIdentityResponse xmlns="https:\/\/sts.amazonaws.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root<\/Arn><UserId>123456789012<\/UserId><Account>123456789012<\/Account><\/GetCallerIdentityResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/GetCallerIdentityResponse>$/,
    );
    const of = await environment();
    const role = {
      accessKeyId: of.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: of.AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: of.AWS_SESSION_TOKEN,
    };
    const session = await ask("sts", "/", IDENTITY, {
      headers: FORM,
      credentials: role,
      region: "us-east-1",
    });
    assert.match(session.text, /<Arn>arn:aws:sts::123456789012:assumed-role\/who\/who<\/Arn>/);
    assert.equal(of.AWS_ENDPOINT_URL, endpoint);
  });

  it("gives the administrator session credentials that sign as the key itself, and no further ones", async () => {
    const token = (more = "", own: Partial<Signing> = {}) =>
      ask("sts", "/", `Action=GetSessionToken&Version=2011-06-15${more}`, { headers: FORM, ...own });
    const { status, text } = await token("&DurationSeconds=129600");
    assert.equal(status, 200);
    const [, accessKeyId = "", secretAccessKey = "", sessionToken = "", expiration = ""] =
      /<Credentials><AccessKeyId>(ASIA\w{16})<\/AccessKeyId><SecretAccessKey>(.+)<\/SecretAccessKey><SessionToken>(.+)<\/SessionToken><Expiration>(.+Z)<\/Expiration>/.exec(
        text,
      ) ?? [];
    const lifetime = Date.parse(expiration) - Date.now();
    assert.ok(lifetime <= 3600_000, "an hour at most for the root user");
    const credentials = { accessKeyId, secretAccessKey, sessionToken };
    assert.match(
      (await ask("sts", "/", IDENTITY, { headers: FORM, credentials })).text,
      /<Arn>arn:aws:iam::123456789012:root</,
    );
    const client = new S3Client({ ...access(), credentials });
    await client.send(new ListObjectsV2Command({ Bucket: "declared" }));
    client.destroy();
    const rejections = await Promise.all([
      token("", { credentials }),
      token("&DurationSeconds=899"),
      token("&SerialNumber=device&TokenCode=123456"),
    ]);
    assert.deepEqual(
      rejections.map((one) => [
        one.status,
        /<Code>(\w+)<\/Code><Message>(.*)<\/Message>/.exec(one.text)?.slice(1),
      ]),
      [
        [403, ["AccessDenied", "Cannot call GetSessionToken with session credentials"]],
        [400, ["ValidationError", "`DurationSeconds` must be a whole number from 900 to 129600."]],
        [403, ["AccessDenied", "MultiFactorAuthentication failed: the local STS has no MFA devices."]],
      ],
    );
  });

  it("rejects by name what STS does not serve here, and keys that it does not know", async () => {
    const codeOf = ({ status, text }: { status: number; text: string }) => [
      status,
      /<Code>(\w+)<\/Code><Message>(.*)<\/Message>/.exec(text)?.slice(1),
    ];
    assert.deepEqual(codeOf(await ask("sts", "/", "Action=AssumeRole", { headers: FORM })), [
      400,
      ["InvalidAction", "The local STS knows only GetCallerIdentity and GetSessionToken, not AssumeRole."],
    ]);
    const credentials = { accessKeyId: "AKIANOBODY", secretAccessKey: "x" };
    assert.deepEqual(codeOf(await ask("sts", "/", IDENTITY, { headers: FORM, credentials })), [
      403,
      ["InvalidClientTokenId", "The security token included in the request is invalid."],
    ]);
  });

  it("names the services that it serves to a request for another one", async () => {
    const message =
      "The local cloud serves s3, lambda, sagemaker, sts, monitoring at this address, not dynamodb: REST APIs and function URLs have addresses of their own.";
    const json = await ask("dynamodb", "/", "{}");
    assert.deepEqual([json.status, JSON.parse(json.text)], [501, { __type: "NotImplemented", message }]);
    const query = await ask("dynamodb", "/", "Action=X", { headers: FORM });
    assert.match(query.text, new RegExp(`<Code>NotImplemented</Code><Message>${message}</Message>`));
  });

  it("takes a fixed access key as the administrator's, and then answers only pages of this machine", async () => {
    const identity = { headers: FORM, credentials: fixed };
    assert.match((await ask("sts", "/", IDENTITY, identity)).text, /<Arn>arn:aws:iam::123456789012:root</);
    const from = async (origin: string, address = endpoint) =>
      (await fetch(address, { headers: { origin } })).status;
    assert.deepEqual(
      [
        await from("http://localhost:3000"),
        await from("https://example.com"),
        await from("https://example.com", String(cloud.outputs.lambdaEndpoint)),
        await from("https://example.com", `${cloud.outputs.s3Endpoint}/declared`),
      ],
      [403, 403, 403, 403],
    );
    const message = async (origin: string) => (await fetch(endpoint, { headers: { origin } })).text();
    assert.match(await message("https://example.com"), /OriginNotAllowed/);
    assert.doesNotMatch(await message("http://localhost:3000"), /OriginNotAllowed/);
  });
});
