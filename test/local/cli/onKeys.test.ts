import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { onKeys } from "../../../local/cli/onKeys";

/** A terminal's input, as far as keys are read of it. */
class Input extends EventEmitter {
  isRaw = false;

  constructor(readonly isTTY: boolean) {
    super();
  }

  setRawMode(isRaw: boolean) {
    this.isRaw = isRaw;
    return this;
  }
}

describe("Keys of a command", () => {
  function press(keys: readonly string[], { isTTY = true, isForeground = true } = {}) {
    const input = new Input(isTTY);
    const pressed: string[] = [];
    const given = input as unknown as NodeJS.ReadStream;
    const interrupt = () => pressed.push("interrupt");
    const listens = onKeys({ o: () => pressed.push("o") }, given, { isForeground, interrupt });
    for (const key of keys) input.emit("data", Buffer.from(key));
    return { pressed, listens, isRaw: input.isRaw };
  }

  it("are read one by one in a terminal, and Ctrl-C still interrupts", () => {
    const { pressed, listens, isRaw } = press(["x", "o", "constructor", "\x03"]);
    assert.deepEqual([pressed, listens, isRaw], [["o", "interrupt"], true, true]);
  });

  it("are left alone where input is no terminal, or the command is in its background", () => {
    const nothing = { pressed: [], listens: false, isRaw: false };
    assert.deepEqual(press(["o"], { isTTY: false }), nothing);
    assert.deepEqual(press(["o"], { isForeground: false }), nothing);
  });
});
