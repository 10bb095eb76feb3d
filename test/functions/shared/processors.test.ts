import assert from "node:assert/strict";
import { processors } from "../../../functions/shared/processors";
import { useEnvironment } from "../../helpers/process/useEnvironment";

describe("processors", () => {
  const setEnvironment = useEnvironment();

  it("are what Lambda gives for a function's memory, one at least", () => {
    const given = ["128", "1769", "3008", "10240", undefined].map((memory) => {
      setEnvironment({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory });
      return processors();
    });
    assert.deepEqual(given, [1, 1, 2, 6, 1]);
  });
});
