import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { LocalCloud } from "@paddock/local/cli";
import { EndpointCaller } from "../../../bin/lib/endpointCaller";
import { describeStack } from "../../../bin/lib/openapi/describeStack";
import { pythonClients } from "../../helpers/clients/installClients";
import { startProject } from "../../helpers/cloud/startProject";
import { describeWith } from "../../helpers/process/describeWith";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

/** Checks of each response: its status, content type and body are the document's. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
];

const OPTIONS = ["--seed", "1", "-n", "10", "--continue-on-failure", "--no-color"];

describeWith("python", "Schemathesis", function () {
  this.timeout(900_000);
  const folder = temporaryFolder();
  let bin: string;
  let cloud: LocalCloud;
  before(async () => {
    bin = pythonClients();
    // No image is fetched from the addresses that it makes up.
    cloud = await startProject({ config: { egress: "none" } });
  });
  after(() => cloud?.close());

  it("finds no response of the REST API that the OpenAPI document does not have", async () => {
    const file = path.join(folder, "openapi.json");
    fs.writeFileSync(file, JSON.stringify(await describeStack(cloud.outputs, new EndpointCaller())));
    const args = ["run", file, "--url", String(cloud.outputs.apiUrl), "--checks", CHECKS.join(), ...OPTIONS];
    const { code, output } = await run(path.join(bin, "schemathesis"), args, folder);
    assert.equal(code, 0, output);
    assert.match(output, /Test cases:\s+\d{3,} generated, \d+ passed/);
  });
});

function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === "number" ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      }),
    );
  });
}
