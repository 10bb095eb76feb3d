import assert from "node:assert/strict";
import * as v from "valibot";
import { BadRequest } from "../../../functions/shared/errors";
import { finiteNumber } from "../../../functions/shared/finiteNumber";
import { validate } from "../../../functions/shared/validate";

const REQUEST = v.object({ name: v.string("must be text"), sizes: v.array(v.number("must be a number")) });

/** The message and the problems of a value that does not fit. */
function problemsOf(schema: v.GenericSchema, value: unknown) {
  try {
    validate(schema, value);
  } catch (error) {
    assert.ok(error instanceof BadRequest);
    return { message: error.message, errors: error.errors };
  }
  return assert.fail("It fits.");
}

describe("The check of a request against its schema", () => {
  it("returns what the schema makes of a request that fits", () => {
    assert.deepEqual(validate(REQUEST, { name: "a", sizes: [1], unknown: 2 }), { name: "a", sizes: [1] });
  });

  it("names every problem by its path, and a field that is missing as required", () => {
    assert.deepEqual(problemsOf(REQUEST, { sizes: [1, "2", null] }), {
      message: "name is required; sizes.1 must be a number; sizes.2 must be a number",
      errors: [
        { path: "name", message: "is required" },
        { path: "sizes.1", message: "must be a number" },
        { path: "sizes.2", message: "must be a number" },
      ],
    });
    const defined = v.pipe(
      v.any(),
      v.check((value) => value !== undefined, "must be something"),
    );
    assert.deepEqual(problemsOf(defined, undefined).errors, [{ path: "", message: "must be something" }]);
  });

  it("names a problem of the whole value by its message only", () => {
    assert.deepEqual(problemsOf(v.string("must be text"), 1), {
      message: "must be text",
      errors: [{ path: "", message: "must be text" }],
    });
  });

  it("names at most 20 problems, and says how many more there are", () => {
    const wrong = (count: number) => problemsOf(REQUEST, { name: "a", sizes: Array(count).fill("x") });
    assert.equal(wrong(20).errors?.length, 20);
    assert.doesNotMatch(wrong(20).message, /more/);
    assert.equal(wrong(22).errors?.length, 20);
    assert.match(wrong(22).message, /sizes\.19 must be a number; and 2 more$/);
  });

  it("names the first problem only of a value with more than 20,000 members, nested ones among them", () => {
    const numbers = v.array(v.number("must be a number"));
    assert.match(problemsOf(numbers, Array(20_000).fill("x")).message, /and 19980 more$/);
    assert.equal(problemsOf(numbers, Array(20_001).fill("x")).message, "0 must be a number");
    const rows = v.array(v.object({ left: v.number("must be a number"), right: v.nullable(v.number()) }));
    const row = { left: "x", right: null };
    assert.match(problemsOf(rows, Array(6_000).fill(row)).message, /and 5980 more$/);
    assert.equal(problemsOf(rows, Array(7_000).fill(row)).message, "0.left must be a number");
  });
});

describe("A finite number", () => {
  it("stays finite as float32 by default, or as float64", () => {
    assert.equal(validate(finiteNumber(), 3.4e38), 3.4e38);
    assert.equal(problemsOf(finiteNumber(), 3.5e38).message, "must be a finite number");
    assert.equal(validate(finiteNumber("FP64"), -3.5e38), -3.5e38);
    assert.equal(problemsOf(finiteNumber("FP64"), JSON.parse("1e999")).message, "must be a finite number");
    assert.equal(problemsOf(finiteNumber(), "1").message, "must be a number");
  });
});
