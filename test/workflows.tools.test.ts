import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { describeWith } from "./helpers/process/describeWith";
import { temporaryFolder } from "./helpers/process/temporaryFolder";

interface Workflow {
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly jobs: Record<
    string,
    { readonly steps?: readonly { readonly name?: string; readonly run?: string }[] }
  >;
}

describeWith("bash", "workflows", () => {
  it("fail the step whose command fails in front of a pipe", () => {
    const file = path.resolve(__dirname, "../.github/workflows/pull-request.yml");
    const { defaults, jobs } = parse(fs.readFileSync(file, "utf8")) as Workflow;
    const step = jobs.facts?.steps?.find(({ name }) => name === "Measure this branch");
    // A report that cannot be made, and nothing else to run than what a pipe ends in.
    const bin = temporaryFolder();
    fs.writeFileSync(path.join(bin, "npm"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
    fs.mkdirSync(path.join(bin, "facts"));
    // GitHub's own flags: those of `shell: bash`, and of no shell named.
    const flags = defaults?.run.shell === "bash" ? ["-e", "-o", "pipefail"] : ["-e"];
    const { status } = spawnSync("bash", [...flags, "-c", step?.run ?? ""], {
      cwd: bin,
      env: { PATH: `${bin}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: path.join(bin, "summary.md") },
    });
    assert.equal(status, 3);
  });
});
