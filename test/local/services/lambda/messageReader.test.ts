import assert from "node:assert/strict";
import { type Message, MessageReader } from "../../../../local/services/lambda/runtime/messageReader";

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n";

const TEXT = [
  "GET /next HTTP/1.1\r\nHost: a\r\n\r\n",
  "POST /response HTTP/1.1\r\nContent-Length: 7\r\nX-A:  b c \r\n\r\n{ü: 1}",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n",
  CHUNKED,
  "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n",
].join("");

const MESSAGES = [
  ["GET /next HTTP/1.1", { host: "a" }, ""],
  ["POST /response HTTP/1.1", { "content-length": "7", "x-a": "b c" }, "{ü: 1}"],
  ["HTTP/1.1 200 OK", { "transfer-encoding": "chunked" }, "abc0123456789"],
  ["HTTP/1.1 200 OK", { "transfer-encoding": "chunked" }, "de"],
  ["HTTP/1.1 202 Accepted", { "content-length": "0" }, ""],
];

/** Reads a text that comes in pieces of this many bytes. */
function read(text: string, piece: number, keptBytes?: number): Message[] {
  const messages: Message[] = [];
  const reader = new MessageReader((message) => messages.push(message), keptBytes);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  return messages;
}

describe("MessageReader", () => {
  it("reads the same messages however their bytes come apart", () => {
    for (let piece = 1; piece <= Buffer.byteLength(TEXT); piece++) {
      const messages = read(TEXT, piece).map(({ startLine, headers, body }) => [
        startLine,
        Object.fromEntries(headers),
        body.toString(),
      ]);
      assert.deepEqual(messages, MESSAGES, `pieces of ${piece} bytes`);
    }
  });

  it("counts a body that is larger than it keeps to its end, and reads on behind it", () => {
    const text = `POST /a HTTP/1.1\r\ncontent-length: 100\r\n\r\n${"a".repeat(100)}GET /b HTTP/1.1\r\n\r\n`;
    const messages = read(text, 30, 50);
    assert.deepEqual(
      messages.map(({ startLine, bytes }) => [startLine, bytes]),
      [
        ["POST /a HTTP/1.1", 100],
        ["GET /b HTTP/1.1", 0],
      ],
    );
    assert.ok((messages[0]?.body.length ?? 0) <= 50);
  });

  for (const [title, text] of [
    ["a length that is not a number", "POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n"],
    ["a chunk without a length", "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n"],
    ["a head without an end", `GET / HTTP/1.1\r\na: ${"b".repeat(100_000)}`],
  ] as const) {
    it(`throws at ${title}`, () => {
      assert.throws(
        () => read(text, 1000),
        /^Error: (A message has a length|The head of a message is too long)/,
      );
    });
  }
});
