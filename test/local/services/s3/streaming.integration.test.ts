import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { decodeAwsChunked } from "../../../../local/services/s3/wire/decodeAwsChunked";
import { LocalS3, rejection } from "../../../helpers/services/localS3";
import { eventually } from "../../../helpers/time/eventually";

const MEBIBYTE = 1024 ** 2;

/** Bytes that no shift or repetition leaves alike. */
function* bytes(size: number): Generator<Buffer> {
  for (let at = 0; at < size; at += 100_000) {
    const seed = createHash("sha512").update(String(at)).digest();
    yield Buffer.alloc(Math.min(100_000, size - at), seed);
  }
}

describe("S3's streams", () => {
  const at = { Bucket: "bucket", Key: "key" };
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    client = s3.client();
  });
  afterEach(() => s3.stop());

  const dataFiles = () => readdir(join(s3.folder, "s3", "bucket", "data"));
  const upload = (size: number) =>
    client.send(new PutObjectCommand({ ...at, Body: Readable.from(bytes(size)), ContentLength: size }));
  const sha256 = async (stream: AsyncIterable<Uint8Array>) => {
    const hash = createHash("sha256");
    for await (const chunk of stream) hash.update(chunk);
    return hash.digest("hex");
  };

  it("come as aws-chunked with a trailing checksum, and go out as they came", async () => {
    const size = 20 * MEBIBYTE + 1;
    await upload(size);
    const got = await client.send(new GetObjectCommand(at));
    assert.equal(got.ContentLength, size);
    assert.equal(await sha256(got.Body as Readable), await sha256(Readable.from(bytes(size))));
    const head = await client.send(new HeadObjectCommand(at));
    assert.equal(head.ContentEncoding, undefined);
  });

  it("go through in little memory", async () => {
    const size = 256 * MEBIBYTE;
    await upload(size);
    const before = process.memoryUsage.rss();
    let most = before;
    let received = 0;
    const got = await client.send(new GetObjectCommand(at));
    for await (const chunk of got.Body as Readable) {
      received += chunk.length;
      most = Math.max(most, process.memoryUsage.rss());
    }
    assert.equal(received, size);
    assert.ok(most - before < size / 2, `${(most - before) / MEBIBYTE} MiB more`);
  });

  it("that are replaced or deleted while they are read go on to their end, and then are gone", async () => {
    const size = 20 * MEBIBYTE;
    await upload(size);
    const got = await client.send(new GetObjectCommand(at));
    await client.send(new PutObjectCommand({ ...at, Body: "new" }));
    assert.equal(await sha256(got.Body as Readable), await sha256(Readable.from(bytes(size))));
    const next = await client.send(new GetObjectCommand(at));
    assert.equal(await next.Body?.transformToString(), "new");
    assert.equal((await dataFiles()).length, 1);
  });

  it("that a reader leaves early leave nothing open", async () => {
    await upload(20 * MEBIBYTE);
    const got = await client.send(new GetObjectCommand(at));
    (got.Body as Readable).destroy();
    await client.send(new PutObjectCommand({ ...at, Body: "new" }));
    await eventually(async () => assert.equal((await dataFiles()).length, 1));
    assert.deepEqual(s3.logged, []);
  });

  it("leave nothing behind when they break off", async () => {
    const url = new URL(await getSignedUrl(client, new PutObjectCommand(at)));
    const socket = connect(Number(url.port), "127.0.0.1");
    socket.write(
      `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 1000000\r\n\r\n`,
    );
    socket.write(Buffer.alloc(200_000));
    await eventually(async () => assert.equal((await dataFiles()).length, 1));
    socket.destroy();
    await eventually(async () => assert.equal((await dataFiles()).length, 0));
    assert.deepEqual(await rejection(client.send(new HeadObjectCommand(at))), {
      code: "NotFound",
      status: 404,
    });
    assert.deepEqual(s3.logged, []);
  });

  it("of unknown length are rejected", async () => {
    const url = await getSignedUrl(client, new PutObjectCommand(at));
    const response = await fetch(url, {
      method: "PUT",
      body: Readable.toWeb(Readable.from(bytes(10))),
      duplex: "half",
    });
    assert.deepEqual(
      [response.status, /<Code>(.*)<\/Code>.*<Header>(.*)<\/Header>/.exec(await response.text())?.slice(1)],
      [501, ["NotImplemented", "Transfer-Encoding"]],
    );
  });
});

describe("decodeAwsChunked", () => {
  const decode = async (...pieces: string[]) => {
    const trailers = new Map<string, string>();
    let text = "";
    const source = Readable.from(pieces.map((piece) => Buffer.from(piece)));
    for await (const chunk of decodeAwsChunked(source, trailers)) text += chunk.toString();
    return [text, Object.fromEntries(trailers)];
  };

  it("takes framing off wherever the bytes are cut", async () => {
    const body = "5\r\nhello\r\n1;chunk-signature=00\r\n!\r\n0\r\nx-amz-checksum-crc32:AA==\r\n\r\n";
    const expected = ["hello!", { "x-amz-checksum-crc32": "AA==" }];
    for (let at = 1; at < body.length; at++) {
      assert.deepEqual(await decode(body.slice(0, at), body.slice(at)), expected);
    }
    assert.deepEqual(await decode(...body), expected);
  });

  for (const [title, body] of [
    ["ends in a chunk", "5\r\nhel"],
    ["ends before the last chunk", "5\r\nhello\r\n"],
    ["has a size that is no number", "zz\r\nhello\r\n0\r\n\r\n"],
    ["has more data than the chunk's size says", "4\r\nhello\r\n0\r\n\r\n"],
    ["has a line without end", "5".repeat(20_000)],
  ] as const) {
    it(`rejects a body that ${title}`, async () => {
      await assert.rejects(decode(body), { code: "IncompleteBody", status: 400 });
    });
  }
});
