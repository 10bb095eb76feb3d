import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { LocalCloud } from "@paddock/local/cli";
import { EndpointCaller } from "../../../bin/lib/endpointCaller";
import { describeStack } from "../../../bin/lib/openapi/describeStack";
import { startProject } from "../../helpers/cloud/startProject";
import { describeWith, PYTHON } from "../../helpers/process/describeWith";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

/** Checks of each response: its status, content type and body are the document's. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
];

/** Images of addresses that nobody has are 502, which the document says and the first check does not know. */
const OPTIONS = ["--seed", "1", "-n", "10", "--max-time", "60", "--continue-on-failure", "--no-color"];

describeWith("schemathesis", "Schemathesis", () => {
  const folder = temporaryFolder();
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startProject();
  });
  after(() => cloud?.close());

  it("finds no response of the REST API that the OpenAPI document does not have", async () => {
    const file = path.join(folder, "openapi.json");
    fs.writeFileSync(file, JSON.stringify(await describeStack(cloud.outputs, new EndpointCaller())));
    const args = ["run", file, "--url", String(cloud.outputs.apiUrl), "--checks", CHECKS.join(), ...OPTIONS];
    const { code, output } = await schemathesis(args, folder);
    assert.equal(code, 0, output);
    assert.match(output, /Test cases:\s+\d{3,} generated, \d+ passed/);
  });
});

function schemathesis(args: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const program = [
    "-c",
    "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())",
    ...args,
  ];
  return new Promise((resolve) => {
    execFile(PYTHON, program, { cwd }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === "number" ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      }),
    );
  });
}
