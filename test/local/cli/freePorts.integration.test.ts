import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { freePorts } from "../../../local/cli/freePorts";
import { SERVICE_PORTS } from "../../../local/cloud/addressBook";
import { portHolder } from "../../../local/http/portHolder";

/** Above what tests are given by chance, and below what the system gives to connections. */
const BASE = 24_000;

describe("The ports of a local cloud", () => {
  let taken: Server | undefined;

  afterEach(() => new Promise((resolve) => (taken ? taken.close(resolve) : resolve(undefined))));

  async function take(port: number): Promise<void> {
    taken = createServer();
    await new Promise<void>((resolve, reject) => {
      taken?.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
  }

  it("are those preferred, if they are free", async () => {
    assert.equal(await freePorts(BASE), BASE);
  });

  it("are the next block if one of the block is in use", async () => {
    await take(BASE + 12);
    assert.equal(await freePorts(BASE), BASE + 200);
  });

  it("are the next block if the address of all services is in use", async () => {
    await take(BASE + SERVICE_PORTS.all);
    assert.equal(await freePorts(BASE), BASE + 200);
  });

  it("have a holder that can be named, as far as the system says", async () => {
    await take(BASE);
    const named =
      process.platform === "linux" ? new RegExp(`^.+ \\(process ${process.pid}\\)$`) : /^undefined$/;
    assert.match(String(portHolder(BASE)), named);
    assert.equal(portHolder(BASE + 1), undefined);
  });
});
