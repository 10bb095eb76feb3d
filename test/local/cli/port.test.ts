import assert from "node:assert/strict";
import { UsageError } from "../../../local/cli/command";
import { arePortsReachable, PORTS_OF_A_STACK, portOption } from "../../../local/cli/port";

describe("--port", () => {
  const port = portOption("first of the ports", 4200);

  it("is the first of ports that a browser connects to", () => {
    assert.deepEqual([port.parse([], "port"), port.parse(["4300"], "port")], [4200, 4300]);
  });

  it("is refused where a browser refuses one of the ports, with the next that it connects to", () => {
    assert.throws(
      () => port.parse(["6640"], "port"),
      (error) => error instanceof UsageError && /begin at 6698\.$/.test(error.message),
    );
    assert.equal(port.parse(["6698"], "port"), 6698);
  });

  it("takes as reachable what fetch connects to, and nothing else", async () => {
    const refused: number[] = [];
    for (let at = 1024; at <= 10_080 + PORTS_OF_A_STACK; at++) {
      const { message } = await fetch(`http://127.0.0.1:${at}`, { dispatcher }).catch(({ cause }) => cause);
      if (message !== "not connected") refused.push(at);
    }
    assert.ok(refused.includes(10_080));
    for (let base = 1024; base <= 10_081; base++) {
      const isRefused = refused.some((at) => base <= at && at < base + PORTS_OF_A_STACK);
      assert.equal(arePortsReachable(base), !isRefused, String(base));
    }
  });
});

/** Fails a request where it would connect: what `fetch` refuses by itself does not come here. */
const dispatcher = {
  dispatch(_options: unknown, handler: { onError(error: Error): void }) {
    handler.onError(new Error("not connected"));
    return true;
  },
} as unknown as NonNullable<RequestInit["dispatcher"]>;
