import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { GetObjectTaggingCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { LocalS3, rootKey } from "../../../helpers/services/localS3";

type Conditions = readonly (Record<string, string> | readonly (string | number)[])[];

/** A form as `createPresignedPost` of the SDKs makes it, signed with version 4. */
function signedForm(
  fields: Record<string, string>,
  conditions: Conditions,
  expires: number | string = 60_000,
): FormData {
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  const signing = {
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": `ROOT/${day}/eu-central-1/s3/aws4_request`,
    "x-amz-date": `${day}T000000Z`,
  };
  const document = {
    expiration: typeof expires === "string" ? expires : new Date(Date.now() + expires).toISOString(),
    conditions: [
      { bucket: "bucket" },
      ...conditions,
      ...Object.entries(signing).map(([name, value]) => ({ [name]: value })),
    ],
  };
  const policy = Buffer.from(JSON.stringify(document)).toString("base64");
  let key: Buffer = Buffer.from(`AWS4${rootKey.secretAccessKey}`);
  for (const part of [day, "eu-central-1", "s3", "aws4_request"])
    key = createHmac("sha256", key).update(part).digest();
  const signature = createHmac("sha256", key).update(policy).digest("hex");
  const form = new FormData();
  const all = { ...fields, ...signing, policy, "x-amz-signature": signature };
  for (const [name, value] of Object.entries(all)) form.append(name, value);
  return form;
}

describe("S3's forms of browsers", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  const send = async (form: FormData, content = "hello") => {
    form.append("file", new Blob([content]), "scene.npy");
    const response = await fetch(`${s3.endpoint}/bucket`, { method: "POST", body: form, redirect: "manual" });
    const text = await response.text();
    const [, code, message] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(text) ?? [];
    return { status: response.status, headers: response.headers, text, code, message };
  };
  const keys = async () => {
    const { Contents } = await s3.client().send(new ListObjectsV2Command({ Bucket: "bucket" }));
    return Contents?.map(({ Key }) => Key);
  };

  it("upload an object that their policy allows, with its metadata and tags, and send an event", async () => {
    await s3.service.configureBucket("bucket", {
      lambdaFunctionConfigurations: [{ LambdaFunctionArn: "arn:f", Events: ["s3:ObjectCreated:*"] }],
    });
    const tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    const fields = {
      key: ["in/$", "{filename}"].join(""),
      "x-amz-meta-who": "é",
      "Content-Type": "x/y",
      tagging,
    };
    const form = signedForm(fields, [
      ["starts-with", "$key", "in/"],
      { "x-amz-meta-who": "é" },
      ["eq", "$content-type", "x/y"],
      { tagging },
    ]);
    const { status, headers } = await send(form);
    assert.deepEqual([status, headers.get("location")], [204, `${s3.endpoint}/bucket/in%2Fscene.npy`]);
    const at = { Bucket: "bucket", Key: "in/scene.npy" };
    const head = await s3.client().send(new HeadObjectCommand(at));
    assert.deepEqual(
      [head.ContentLength, head.ContentType, head.Metadata],
      [5, "x/y", { who: "=?UTF-8?B?w6k=?=" }],
    );
    const { TagSet } = await s3.client().send(new GetObjectTaggingCommand(at));
    assert.deepEqual(TagSet, [{ Key: "a", Value: "b" }]);
    assert.equal(s3.invoked[0]?.event.Records[0]?.eventName, "ObjectCreated:Post");
  });

  it("are answered as they ask: with XML, or with a redirection", async () => {
    const created = await send(
      signedForm({ key: "k", success_action_status: "201" }, [
        { key: "k" },
        { success_action_status: "201" },
      ]),
    );
    assert.equal(created.status, 201);
    assert.match(created.text, /<PostResponse><Location>.*<\/Location><Bucket>bucket<\/Bucket><Key>k<\/Key>/);
    const redirect = "http://localhost/done?a=b";
    const form = signedForm({ key: "k", success_action_redirect: redirect }, [
      { key: "k" },
      ["eq", "$success_action_redirect", redirect],
    ]);
    const { status, headers } = await send(form);
    assert.deepEqual(
      [status, headers.get("location")],
      [303, "http://localhost/done?a=b&bucket=bucket&key=k&etag=%225d41402abc4b2a76b9719d911017c592%22"],
    );
  });

  for (const [what, make, status, code, message] of [
    [
      "has expired",
      () => signedForm({ key: "k" }, [{ key: "k" }], -1000),
      403,
      "AccessDenied",
      "Invalid according to Policy: Policy expired.",
    ],
    [
      "does not allow the key",
      () => signedForm({ key: "other" }, [["starts-with", "$key", "in/"]]),
      403,
      "AccessDenied",
      "Invalid according to Policy: Policy Condition failed: [&#34;starts-with&#34;, &#34;$key&#34;, &#34;in/&#34;]",
    ],
    [
      "does not name a field",
      () => signedForm({ key: "k", "x-amz-meta-a": "b" }, [{ key: "k" }]),
      403,
      "AccessDenied",
      "Invalid according to Policy: Extra input fields: x-amz-meta-a",
    ],
    [
      "allows fewer bytes",
      () => signedForm({ key: "k" }, [{ key: "k" }, ["content-length-range", 0, 4]]),
      400,
      "EntityTooLarge",
      "Your proposed upload exceeds the maximum allowed size",
    ],
    [
      "ends at a time in another form",
      () => signedForm({ key: "k" }, [{ key: "k" }], "Sat, 28 Nov 2099 12:00:00 GMT"),
      400,
      "InvalidPolicyDocument",
      "Invalid Policy: Invalid 'expiration' value: 'Sat, 28 Nov 2099 12:00:00 GMT'",
    ],
    [
      "has a range of sizes that are no numbers",
      () => signedForm({ key: "k" }, [{ key: "k" }, ["content-length-range", "few", 10]]),
      403,
      "AccessDenied",
      "Invalid according to Policy: Policy Condition failed: [&#34;content-length-range&#34;, &#34;few&#34;, &#34;10&#34;]",
    ],
    [
      "has a range of sizes without an end",
      () => signedForm({ key: "k" }, [{ key: "k" }, ["content-length-range", 0]]),
      400,
      "InvalidPolicyDocument",
      "Invalid Policy: A condition that is a list has three elements.",
    ],
    [
      "allows a checksum that is another file's",
      () => {
        const fields = { key: "k", "x-amz-checksum-crc32": "AAAAAA==" };
        return signedForm(
          fields,
          Object.entries(fields).map(([name, value]) => ({ [name]: value })),
        );
      },
      400,
      "BadDigest",
      "The CRC32 you specified did not match the calculated checksum.",
    ],
    [
      "allows more bytes only",
      () => signedForm({ key: "k" }, [{ key: "k" }, ["content-length-range", 6, 10]]),
      400,
      "EntityTooSmall",
      "Your proposed upload is smaller than the minimum allowed size",
    ],
  ] as const) {
    it(`are rejected when their policy ${what}, and leave no object`, async () => {
      const response = await send(make());
      assert.deepEqual([response.status, response.code, response.message], [status, code, message]);
      assert.equal(await keys(), undefined);
    });
  }

  it("have a key with the file's name in it, which their policy is about", async () => {
    const form = (prefix: string) =>
      signedForm({ key: `in/${"$"}{filename}` }, [["starts-with", "$key", prefix]]);
    assert.equal((await send(form("in/scene"))).status, 204);
    assert.equal((await send(form("in/$"))).status, 403);
    assert.deepEqual(await keys(), ["in/scene.npy"]);
  });

  it("are subject to policies, which see how they are signed and what their fields ask for", async () => {
    const form = () =>
      signedForm({ key: "k", "x-amz-storage-class": "STANDARD_IA" }, [
        { key: "k" },
        { "x-amz-storage-class": "STANDARD_IA" },
      ]);
    const status = async (StringEquals: Record<string, string>) => {
      const Statement = {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::bucket/*",
        Condition: { StringEquals },
      };
      await s3.service.configureBucket("bucket", { policy: JSON.stringify({ Statement }) });
      return (await send(form())).status;
    };
    assert.deepEqual(
      [
        await status({ "s3:authType": "POST", "s3:signatureversion": "AWS4-HMAC-SHA256" }),
        await status({ "s3:x-amz-storage-class": "STANDARD_IA", "s3:ObjectCreationOperation": "true" }),
        await status({ "s3:authType": "REST-HEADER" }),
      ],
      [403, 403, 204],
    );
  });

  it("are rejected with a wrong signature, without one, without a file and as another type", async () => {
    const forged = signedForm({ key: "k" }, [{ key: "k" }]);
    forged.set("policy", `${forged.get("policy")}AA`);
    assert.equal((await send(forged)).code, "SignatureDoesNotMatch");
    const unsigned = new FormData();
    unsigned.append("key", "k");
    assert.equal((await send(unsigned)).code, "AccessDenied");
    const post = async (body: FormData | string) => {
      const response = await fetch(`${s3.endpoint}/bucket`, { method: "POST", body });
      return [response.status, /<Code>(.*)<\/Code>/.exec(await response.text())?.[1]];
    };
    assert.deepEqual(await post(signedForm({ key: "k" }, [{ key: "k" }])), [400, "MalformedPOSTRequest"]);
    assert.deepEqual(await post("key=k"), [412, "PreconditionFailed"]);
  });
});
