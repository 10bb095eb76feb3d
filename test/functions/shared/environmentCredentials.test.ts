import assert from "node:assert/strict";
import { defaultProvider } from "../../../functions/shared/environmentCredentials";
import { useEnvironment } from "../../helpers/process/useEnvironment";

describe("the credentials of a bundled client", () => {
  const setEnvironment = useEnvironment();

  it("are those that Lambda puts into the function's environment", async () => {
    setEnvironment({
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
    });
    assert.deepEqual(await defaultProvider()(), {
      accessKeyId: "key",
      secretAccessKey: "secret",
      sessionToken: "token",
    });
  });

  it("are an error that names what is missing, where there are none", async () => {
    setEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    await assert.rejects(defaultProvider()(), {
      message: "Environment: AWS_ACCESS_KEY_ID is not set; AWS_SECRET_ACCESS_KEY is not set",
    });
  });
});
