import assert from "node:assert/strict";
import { readNpyHeader } from "../../../../functions/shared/npy/readNpyHeader";
import { fixture } from "./fixture";

const GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

describe("readNpyHeader", () => {
  it("reads the header from the first bytes only", () => {
    const file = fixture("files/i2-big-F-v2.npy");
    assert.deepEqual(readNpyHeader(file.subarray(0, 128), file.length), {
      version: "2.0",
      dtype: "i2",
      littleEndian: false,
      fortranOrder: true,
      shape: [2, 3, 4],
      elements: 24,
      bodyOffset: 128,
    });
  });

  it("takes the dictionary's keys in any order, either quote, and Python 2's long integers", () => {
    const dictionary = `{"shape":(2L,3L),"fortran_order":True,"descr":"<f4"}  \n`;
    const { shape, fortranOrder } = readNpyHeader(header(dictionary), lengthOf(dictionary));
    assert.deepEqual({ shape, fortranOrder }, { shape: [2, 3], fortranOrder: true });
  });

  const accepted = "accepted are u1 i2 u2 i4 f2 f4 f8";
  const orders = "little-endian (<) or big-endian (>)";
  for (const [name, message] of [
    ["object", `The .npy file has dtype object ("|O"), a pickle, which is never loaded; ${accepted}`],
    ["complex", `The .npy file has dtype "<c8"; ${accepted}, ${orders}`],
    ["bool", `The .npy file has dtype "|b1"; ${accepted}, ${orders}`],
    ["i8", `The .npy file has dtype "<i8"; ${accepted}, ${orders}`],
    ["text", `The .npy file has dtype "<U2"; ${accepted}, ${orders}`],
    [
      "structured",
      `${malformed("a plain dtype for 'descr' (no structured dtypes)")}, found "[('a', '<f4'), ('b', '<i2')], 'fortran_o"`,
    ],
    ["pickle", "Not a .npy file: it is a pickle, which is never loaded; save the array with numpy.save"],
    ["archive", "Not a .npy file: it is a zip or .npz; save one array with numpy.save"],
  ] as const) {
    it(`rejects what NumPy writes of another kind: ${name}`, () => {
      const file = fixture(`refused/${name}.npy`);
      assert.throws(() => readNpyHeader(file, file.length), rejection(message));
    });
  }

  for (const [dictionary, message] of [
    ["   \n", `${malformed("a dictionary")}, found its end`],
    [GOOD.replace("}", ""), `${malformed("a key")}, found its end`],
    [`${GOOD} + 1`, `${malformed("a key")}, found "} + 1"`],
    [
      GOOD.replace("False", "__import__('os')"),
      `${malformed("True or False for 'fortran_order'")}, found "__import__('os'), 'shape': (2, 3), }"`,
    ],
    [
      GOOD.replace("False", "0"),
      `${malformed("True or False for 'fortran_order'")}, found "0, 'shape': (2, 3), }"`,
    ],
    [GOOD.replace("(2, 3)", "(2 3)"), `${malformed("a comma within 'shape'")}, found "3), }"`],
    [GOOD.replace("(2, 3)", "(6)"), `${malformed("a comma within 'shape'")}, found "), }"`],
    [GOOD.replace("(2, 3)", "[2, 3]"), `${malformed("a tuple of axes for 'shape'")}, found "[2, 3], }"`],
    [
      GOOD.replace("(2, 3)", "(-2, -3)"),
      `${malformed("an axis of 'shape', a whole number")}, found "-2, -3), }"`,
    ],
    [GOOD.replace("(2, 3)", "(2, 3.0)"), `${malformed("a comma within 'shape'")}, found ".0), }"`],
    [
      GOOD.replace("'<f4'", "'<f\\x34'"),
      `${malformed("a plain dtype for 'descr' (no structured dtypes)")}, found "'<f\\\\x34', 'fortran_order': False, 'shape"`,
    ],
    [GOOD.replace("descr", "type"), `${malformed(KEYS())}, found "'type': '<f4', 'fortran_order': False, '"`],
    [GOOD.replace("}", "'descr': '<f4'}"), `${malformed(KEYS())}, found "'descr': '<f4'}"`],
    ["{'descr': '<f4', 'shape': (2, 3)}", `${malformed(KEYS())}, found "{'descr': '<f4', 'shape': (2, 3)}"`],
    [GOOD.replace("<f4", "|f4"), `The .npy file has dtype "|f4"; ${accepted}, ${orders}`],
    [GOOD.replace("<f4", "f4"), `The .npy file has dtype "f4"; ${accepted}, ${orders}`],
    [GOOD.replace("<f4", "<toString"), `The .npy file has dtype "<toString"; ${accepted}, ${orders}`],
  ] as const) {
    it(`rejects the dictionary ${JSON.stringify(dictionary)}`, () => {
      assert.throws(() => readNpyHeader(header(dictionary), lengthOf(dictionary)), rejection(message));
    });
  }

  it("rejects a shape that does not fit the length of the file", () => {
    assert.throws(
      () => readNpyHeader(header(GOOD), lengthOf(GOOD) + 4),
      rejection("The .npy file has 97 bytes, but its shape (2, 3) of f4 takes 93 bytes"),
    );
  });

  it("rejects shapes whose size overflows", () => {
    const tooMuch = (shape: string) =>
      `The .npy file has 1000 bytes, but its shape (${shape}) of f4 takes more bytes than any file has`;
    for (const [axes, shown] of [
      ["4294967296, 4294967296", "4294967296, 4294967296"],
      ["9007199254740993,", "9007199254740992"],
      ["1152921504606846976, 0", "1152921504606847000, 0"],
      [`${"9".repeat(400)}, 0`, "Infinity, 0"],
    ] as const) {
      assert.throws(() => readNpyHeader(header(GOOD.replace("2, 3", axes)), 1000), rejection(tooMuch(shown)));
    }
  });

  it("rejects more axes than NumPy has", () => {
    const dictionary = GOOD.replace("(2, 3)", `(${"1, ".repeat(65)})`);
    assert.throws(
      () => readNpyHeader(header(dictionary), 1000),
      rejection("The .npy file has 65 axes; accepted are up to 64"),
    );
  });

  it("rejects a header that is longer than NumPy takes, before it reads it", () => {
    const start = Buffer.from("\x93NUMPY\x02\x00\xff\xff\xff\xff", "latin1");
    assert.throws(
      () => readNpyHeader(start, 2 ** 33),
      rejection("The .npy file has a header of 4294967295 bytes; accepted are up to 10000"),
    );
  });

  it("rejects other versions, other files and a file that ends within its header", () => {
    const start = (text: string) => Buffer.from(text, "latin1");
    for (const [bytes, message] of [
      [
        start("\x93NUMPY\x04\x00\x00\x00\x00\x00"),
        "The .npy file has format version 4.0; accepted are 1.0, 2.0, 3.0",
      ],
      [start(""), "Not a .npy file: it is empty"],
      [start("\xff\xd8\xff\xe0JFIF"), "Not a .npy file: it starts with ffd8ffe04a46, not 934e554d5059"],
      [start("\x93NUMPY\x01"), "The .npy file ends within its header, after 7 bytes"],
      [start("\x93NUMPY\x01\x00\x76\x00{'"), "The .npy file ends within its header, after 12 of 128 bytes"],
    ] as const) {
      assert.throws(() => readNpyHeader(bytes, bytes.length), rejection(message));
    }
  });
});

function KEYS(): string {
  return "'descr', 'fortran_order' and 'shape' once each";
}

function malformed(expected: string): string {
  return `The header of the .npy file is malformed: expected ${expected}`;
}

function rejection(message: string) {
  return { name: "BadRequest", status: 400, message };
}

function header(dictionary: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(dictionary.length);
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(dictionary)]);
}

/** Bytes of a file with this dictionary and a body of 2 × 3 float32. */
function lengthOf(dictionary: string): number {
  return 10 + dictionary.length + 24;
}
