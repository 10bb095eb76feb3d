import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { promisify } from "node:util";
import { fetchPublic } from "../../../../functions/shared/fetchPublic/fetchPublic";
import type { Address, FetchRules } from "../../../../functions/shared/fetchPublic/fetchRules";
import { isPublicAddress } from "../../../../functions/shared/fetchPublic/isPublicAddress";
import { eventually } from "../../../helpers/time/eventually";

const IMAGE = Buffer.from("an image");
const LOOPBACK = { address: "127.0.0.1", family: 4 };
const PRIVATE_PORT = 8000;
const PRIVATE = { address: "10.0.0.1", family: 4 };

/** Names as a resolver of our own has them: none is known to a real one. */
const NAMES: Record<string, readonly Address[]> = {
  "images.example": [LOOPBACK],
  "private.example": [PRIVATE],
  "mixed.example": [LOOPBACK, PRIVATE],
  "private-v6.example": [{ address: "fd00:ec2::254", family: 6 }],
  "nowhere.example": [],
};

describe("fetchPublic", () => {
  let server: Server;
  let port: number;
  let answer: RequestListener;
  let seen: { url: string | undefined; headers: Record<string, unknown> }[];
  let resolved: string[];

  beforeEach(async () => {
    seen = [];
    resolved = [];
    answer = (_request, response) => response.end(IMAGE);
    server = createServer((request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      answer(request, response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  /** Fetches with the test's server as the one address on this machine that counts as public. */
  const fetchHere = (url: string, rules: Partial<FetchRules> = {}) =>
    fetchPublic(url, {
      resolve: async (hostname) => {
        resolved.push(hostname);
        return (
          NAMES[hostname] ?? Promise.reject(Object.assign(new Error("not found"), { code: "ENOTFOUND" }))
        );
      },
      isAllowed: (address) => address === LOOPBACK.address || isPublicAddress(address),
      ports: [80, 443, port],
      ...rules,
    });

  const here = (path = "/") => `http://images.example:${port}${path}`;

  it("fetches an image by name, with the name in Host and nothing of ours in the headers", async () => {
    assert.deepEqual(await fetchHere(here("/a.jpg?size=1#top")), IMAGE);
    assert.deepEqual(seen, [
      {
        url: "/a.jpg?size=1",
        headers: {
          host: `images.example:${port}`,
          accept: "*/*",
          "accept-encoding": "identity",
          "user-agent": "paddock",
          connection: "close",
        },
      },
    ]);
  });

  it("fetches an image by address, without asking for its name", async () => {
    assert.deepEqual(await fetchHere(`http://127.0.0.1:${port}/`), IMAGE);
    assert.deepEqual(resolved, []);
  });

  describe("where the local cloud lets it reach this machine", () => {
    const LOCAL = { loopback: true, isAllowed: isPublicAddress, ports: [80, 443] };

    it("fetches from this machine at any port", async () => {
      assert.deepEqual(await fetchHere(here(), LOCAL), IMAGE);
      assert.deepEqual(await fetchHere(`http://127.0.0.1:${port}/`, LOCAL), IMAGE);
    });

    for (const [what, url] of [
      ["a private address", `http://10.0.0.1:${PRIVATE_PORT}/`],
      ["the metadata service", "http://169.254.169.254/latest/meta-data/"],
      ["a name that is private, too", `http://mixed.example:${PRIVATE_PORT}/`],
    ] as const) {
      it(`rejects ${what}`, async () => {
        await assert.rejects(fetchHere(url, LOCAL), { name: "Forbidden" });
      });
    }

    it("rejects what another server redirects to this machine", async () => {
      answer = (_request, response) =>
        response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end();
      await assert.rejects(fetchHere(here(), LOCAL), { name: "Forbidden" });
      assert.equal(seen.length, 1);
    });
  });

  describe("rejects before it connects", () => {
    for (const [what, url, message] of [
      [
        "another scheme",
        "ftp://images.example/",
        "A URL with the scheme ftp: may not be fetched: only http: and https: may",
      ],
      [
        "a file",
        "file:///etc/passwd",
        "A URL with the scheme file: may not be fetched: only http: and https: may",
      ],
      [
        "data",
        "data:image/png;base64,AA==",
        "A URL with the scheme data: may not be fetched: only http: and https: may",
      ],
      ["a user name", "http://me@images.example/", "A URL with a user name or password may not be fetched"],
      [
        "a password",
        "http://:secret@images.example/",
        "A URL with a user name or password may not be fetched",
      ],
      [
        "another port",
        "http://images.example:22/",
        "http://images.example:22 may not be fetched: only ports 80 and 443 may",
      ],
      [
        "a private name",
        "http://private.example/",
        "http://private.example may not be fetched: it is not at a public address",
      ],
      [
        "a private IPv6 name",
        "https://private-v6.example/",
        "https://private-v6.example may not be fetched: it is not at a public address",
      ],
      [
        "a name with one private address among public ones",
        "http://mixed.example/",
        "http://mixed.example may not be fetched: it is not at a public address",
      ],
    ] as const) {
      it(what, async () => {
        await assert.rejects(fetchHere(url, { ports: [80, 443] }), rejection("Forbidden", 403, message));
      });
    }

    // The test's server listens on loopback, and here nothing is excepted.
    for (const host of [
      "127.0.0.1",
      "127.1",
      "0x7f.1",
      "2130706433",
      "017700000001",
      "127.0.0.1.",
      "%31%32%37.0.0.1",
      "①②⑦.⓪.⓪.①",
      "0",
      "[::1]",
      "[::]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[::127.0.0.1]",
      "[64:ff9b::127.0.0.1]",
      "[2002:7f00:1::]",
      "169.254.169.254",
      "[fd00:ec2::254]",
    ]) {
      it(`the address ${host}`, async () => {
        const url = `http://${host}:${port}/`;
        const message = `${new URL(url).origin} may not be fetched: it is not at a public address`;
        await assert.rejects(
          fetchHere(url, { isAllowed: isPublicAddress }),
          rejection("Forbidden", 403, message),
        );
        assert.deepEqual([seen, resolved], [[], []]);
      });
    }

    it("this machine by name, asked of the real resolver", async () => {
      await assert.rejects(
        fetchPublic(`http://localhost:${port}/`, { ports: [port] }),
        rejection(
          "Forbidden",
          403,
          `http://localhost:${port} may not be fetched: it is not at a public address`,
        ),
      );
      assert.deepEqual(seen, []);
    });

    it("every port but 80 and 443 by default", async () => {
      await assert.rejects(
        fetchPublic(`http://127.0.0.1:${port}/`),
        rejection("Forbidden", 403, `http://127.0.0.1:${port} may not be fetched: only ports 80 and 443 may`),
      );
    });

    it("a URL that is longer than any image's", async () => {
      await assert.rejects(
        fetchHere(`http://images.example/${"a".repeat(10_000)}`),
        rejection("BadRequest", 400, "The URL has 10022 characters; at most 8192 are taken"),
      );
    });

    it("fetchPublic rejects what is not a URL", async () => {
      for (const text of [
        "",
        "a.jpg",
        "//images.example/a.jpg",
        "http://",
        "http://[::1",
        "http://1.2.3.4.5/",
      ]) {
        await assert.rejects(
          fetchHere(text),
          rejection("BadRequest", 400, "The URL is not an absolute http or https URL"),
        );
      }
    });
  });

  it("keeps the address that was rejected out of the message, in the cause", async () => {
    const error = await fetchHere("http://private.example/").catch((rejected: Error) => rejected);
    assert.ok(error instanceof Error && error.cause instanceof Error);
    assert.equal(error.cause.message, "private.example is at 10.0.0.1");
  });

  it("connects to the address that was checked, whatever the name says afterwards", async () => {
    const responses = [[LOOPBACK], [PRIVATE]];
    const resolve = async () => responses.shift() ?? [];
    assert.deepEqual(await fetchHere(here(), { resolve }), IMAGE);
    assert.deepEqual(responses, [[PRIVATE]]);
  });

  it("goes on to the next address where one does not answer", async () => {
    const resolve = async () => [{ address: "::1", family: 6 }, LOOPBACK];
    assert.deepEqual(await fetchHere(here(), { resolve, isAllowed: () => true }), IMAGE);
  });

  it("breaks off a body that nobody reads", async () => {
    for (const [status, headers, outcome] of [
      [302, { location: "/image" }, 200],
      [404, {}, 502],
      [200, { "content-length": 11_000_000 }, 413],
    ] as const) {
      const closed = new Promise((resolve) => {
        answer = ({ url }, response) => {
          if (url === "/image") return response.end(IMAGE);
          response.on("close", resolve);
          pourInto(response.writeHead(status, headers));
        };
      });
      assert.equal(
        await fetchHere(here()).then(
          () => 200,
          (error) => error.status,
        ),
        outcome,
      );
      await closed;
    }
  });

  it("keeps the name for the certificate over https", async () => {
    const names: (string | undefined)[] = [];
    const secure = createTlsServer({
      SNICallback: (name, done) => {
        names.push(name);
        done(new Error("no certificate"));
      },
    }).on("tlsClientError", () => {});
    secure.listen(0, "127.0.0.1");
    await once(secure, "listening");
    const { port: securePort } = secure.address() as AddressInfo;
    try {
      await assert.rejects(fetchHere(`https://images.example:${securePort}/`, { ports: [securePort] }), {
        name: "BadGateway",
        status: 502,
      });
      assert.deepEqual(names, ["images.example"]);
    } finally {
      secure.close();
    }
  });

  describe("on a redirect", () => {
    const redirect = (status: number, location?: string): RequestListener => {
      return (_request, response) => {
        if (location !== undefined) response.setHeader("location", location);
        response.writeHead(status).end();
      };
    };
    /** Answers as many redirects as the path says, then the image. */
    const countdown: RequestListener = ({ url }, response) => {
      const left = Number(url?.slice(1));
      if (left === 0) response.end(IMAGE);
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    };

    it("follows every kind, relative or not", async () => {
      for (const status of [301, 302, 303, 307, 308]) {
        for (const location of ["b", "/b", `//images.example:${port}/b`, here("/b")]) {
          answer = (request, response) =>
            request.url === "/b" ? response.end(IMAGE) : redirect(status, location)(request, response);
          assert.deepEqual(await fetchHere(here()), IMAGE);
        }
      }
    });

    it("fetchPublic follows three redirects", async () => {
      answer = countdown;
      assert.deepEqual(await fetchHere(here("/3")), IMAGE);
    });

    it("fetchPublic rejects a fourth redirect", async () => {
      answer = countdown;
      await assert.rejects(
        fetchHere(here("/4")),
        rejection("BadGateway", 502, "The URL redirects more than 3 times"),
      );
      assert.deepEqual(seen.length, 4);
    });

    for (const [what, location, message] of [
      [
        "a private address",
        "http://10.0.0.1/",
        "http://10.0.0.1 may not be fetched: it is not at a public address",
      ],
      [
        "metadata",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254 may not be fetched: it is not at a public address",
      ],
      ["IPv6 loopback", "http://[::1]/", "http://[::1] may not be fetched: it is not at a public address"],
      [
        "a name at a private address",
        "http://private.example/",
        "http://private.example may not be fetched: it is not at a public address",
      ],
      [
        "another port",
        "http://images.example:8080/",
        "http://images.example:8080 may not be fetched: only ports 80 and 443 and PORT may",
      ],
      ["a user name", "http://me@images.example/", "A URL with a user name or password may not be fetched"],
      [
        "another scheme",
        "file:///etc/passwd",
        "A URL with the scheme file: may not be fetched: only http: and https: may",
      ],
    ] as const) {
      it(`rejects ${what}`, async () => {
        answer = redirect(302, location);
        await assert.rejects(
          fetchHere(here()),
          rejection("Forbidden", 403, message.replace("PORT", String(port))),
        );
      });
    }

    it("resolves and checks the same name anew", async () => {
      answer = redirect(302, "/again");
      const responses = [[LOOPBACK], [PRIVATE]];
      await assert.rejects(
        fetchHere(here(), { resolve: async () => responses.shift() ?? [] }),
        rejection(
          "Forbidden",
          403,
          `http://images.example:${port} may not be fetched: it is not at a public address`,
        ),
      );
      assert.deepEqual(seen.length, 1);
    });

    it("answers 502 without a usable Location", async () => {
      for (const location of [undefined, "http://["]) {
        answer = redirect(302, location);
        await assert.rejects(
          fetchHere(here()),
          rejection(
            "BadGateway",
            502,
            `http://images.example:${port} answered 302 without a usable Location`,
          ),
        );
      }
    });
  });

  describe("answers 413 for more than the limit", () => {
    const message = () => `http://images.example:${port} has more than the 1000 bytes that are fetched`;

    it("by its Content-Length, before any of it arrives", async () => {
      answer = (_request, response) => response.writeHead(200, { "content-length": 1001 }).flushHeaders();
      await assert.rejects(
        fetchHere(here(), { maxBytes: 1000 }),
        rejection("PayloadTooLarge", 413, message()),
      );
    });

    it("by counting a body without end, which is then broken off", async () => {
      const closed = new Promise((resolve) => {
        answer = (_request, response) => {
          response.on("close", resolve);
          pourInto(response);
        };
      });
      await assert.rejects(
        fetchHere(here(), { maxBytes: 1000 }),
        rejection("PayloadTooLarge", 413, message()),
      );
      await closed;
    });

    it("A body of exactly the limit, 10 MB by default, is taken", async () => {
      const body = Buffer.alloc(10 * 1024 * 1024, 1);
      answer = (_request, response) => response.end(body);
      assert.deepEqual((await fetchHere(here())).length, body.length);
      answer = (_request, response) => response.end(Buffer.concat([body, Buffer.alloc(1)]));
      await assert.rejects(fetchHere(here()), { status: 413 });
    });
  });

  describe("answers 504 when everything together takes too long:", () => {
    const late = () =>
      rejection("GatewayTimeout", 504, `http://images.example:${port} was not fetched within 0.2 s`);
    const timeoutMs = 200;

    it("a name that is never resolved", async () => {
      await assert.rejects(fetchHere(here(), { timeoutMs, resolve: () => new Promise(() => {}) }), late());
    });

    it("fetchPublic answers 504 for headers that never come", async () => {
      answer = () => {};
      await assert.rejects(fetchHere(here(), { timeoutMs }), late());
    });

    it("a body that comes byte by byte, and the connection is closed", async () => {
      answer = (_request, response) => {
        const timer = setInterval(() => response.write("."), 10);
        response.on("close", () => clearInterval(timer));
      };
      await assert.rejects(fetchHere(here(), { timeoutMs }), late());
      await eventually(async () => assert.equal(await promisify(server.getConnections).call(server), 0));
    });

    it("redirects, each of them in time", async () => {
      answer = (_request, response) => setTimeout(() => response.writeHead(302, { location: "/" }).end(), 80);
      await assert.rejects(fetchHere(here(), { timeoutMs }), late());
    });

    it("everything, after 5 seconds by default", async () => {
      const { setTimeout } = globalThis;
      const delays: (number | undefined)[] = [];
      const atOnce = (callback: () => void, delay?: number) => {
        delays.push(delay);
        return setTimeout(() => callback(), 0);
      };
      globalThis.setTimeout = Object.assign(atOnce, setTimeout);
      try {
        await assert.rejects(fetchHere(here(), { resolve: () => new Promise(() => {}) }), { status: 504 });
        assert.deepEqual(delays, [5000]);
      } finally {
        globalThis.setTimeout = setTimeout;
      }
    });
  });

  describe("answers 502 for", () => {
    const broken = (reason: string) =>
      rejection("BadGateway", 502, `http://images.example:${port} could not be fetched (${reason})`);

    it("fetchPublic answers 502 for any status but 200", async () => {
      for (const status of [204, 206, 304, 400, 401, 403, 404, 500, 503]) {
        answer = (_request, response) => response.writeHead(status).end();
        await assert.rejects(
          fetchHere(here()),
          rejection("BadGateway", 502, `http://images.example:${port} answered ${status}, not 200`),
        );
      }
    });

    it("a compressed body, which was not asked for", async () => {
      answer = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(IMAGE);
      await assert.rejects(
        fetchHere(here()),
        rejection(
          "BadGateway",
          502,
          `http://images.example:${port} answered with Content-Encoding gzip, which was not asked for`,
        ),
      );
    });

    it("a name that does not resolve, or resolves to nothing", async () => {
      await assert.rejects(
        fetchHere("http://unknown.example/"),
        rejection("BadGateway", 502, "http://unknown.example could not be fetched (ENOTFOUND)"),
      );
      await assert.rejects(
        fetchHere("http://nowhere.example/"),
        rejection("BadGateway", 502, "http://nowhere.example could not be fetched: its name has no address"),
      );
    });

    it("fetchPublic answers 502 for a server that is not there", async () => {
      await assert.rejects(
        fetchHere("http://images.example:1/", { ports: [1] }),
        rejection("BadGateway", 502, "http://images.example:1 could not be fetched (ECONNREFUSED)"),
      );
    });

    it("a body that ends before its Content-Length", async () => {
      answer = (_request, response) => {
        response.writeHead(200, { "content-length": 100 }).write("half");
        setTimeout(() => response.destroy(), 20);
      };
      await assert.rejects(fetchHere(here()), broken("ECONNRESET"));
    });

    it("a server that does not speak HTTP", async () => {
      answer = (_request, response) => response.socket?.end("SSH-2.0-OpenSSH_9.6\r\n");
      await assert.rejects(fetchHere(here()), broken("HPE_INVALID_CONSTANT"));
    });

    it("a server that switches protocols, or closes without a response", async () => {
      const ends = [
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n",
        "",
      ];
      for (const text of ends) {
        answer = (_request, response) => response.socket?.end(text);
        await assert.rejects(fetchHere(here()), { status: 502 });
      }
    });

    it("fetchPublic answers 502 for headers without end", async () => {
      answer = (_request, response) => response.writeHead(200, { "x-long": "x".repeat(20_000) }).end();
      await assert.rejects(fetchHere(here()), broken("HPE_HEADER_OVERFLOW"));
    });
  });
});

/** Writes for as long as somebody reads. */
function pourInto(response: ServerResponse): void {
  const pour = () => {
    while (!response.destroyed && response.write(Buffer.alloc(500)));
  };
  response.on("drain", pour);
  pour();
}

function rejection(name: string, status: number, message: string) {
  return { name, status, message };
}
