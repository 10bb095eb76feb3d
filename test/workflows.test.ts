import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { MARKER } from "../bin/report/pullRequestComment";

const FOLDER = path.resolve(__dirname, "../.github/workflows");
const DOCS = path.resolve(__dirname, "../docs");

interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly steps?: readonly {
    readonly name?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly jobs: Record<string, Job>;
}

const workflows = fs.readdirSync(FOLDER).map((file) => {
  const text = fs.readFileSync(path.join(FOLDER, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${file} ${name}`, job })),
);

describe("workflows", () => {
  it("may read the repository and nothing else, but where a job says so", () => {
    assert.deepEqual(
      workflows.map(({ workflow }) => workflow.permissions),
      workflows.map(() => ({ contents: "read" })),
    );
    assert.deepEqual(
      Object.fromEntries(
        jobs.flatMap(({ where, job }) => (job.permissions ? [[where, job.permissions]] : [])),
      ),
      {
        "checks.yml code-scanning": { "security-events": "write" },
        "deploy-stack.yml up": { contents: "read", deployments: "read", "id-token": "write" },
        "deploy.yml checks": { contents: "read", "security-events": "write" },
        "deploy.yml dev": { contents: "read", deployments: "read", "id-token": "write" },
        "deploy.yml prod": { contents: "read", deployments: "read", "id-token": "write" },
        "deploy.yml prod-preview": { contents: "read", "id-token": "write" },
        "drift.yml drift": { contents: "read", "id-token": "write" },
        "preview-stack.yml preview": { contents: "read", "id-token": "write" },
        "prove.yml aws": { contents: "read", "id-token": "write" },
        "prove.yml report": { issues: "write" },
        "pull-request.yml policy": {},
        "pull-request.yml preview": { contents: "read", "id-token": "write", "pull-requests": "write" },
        "release.yml publish": { attestations: "write", contents: "write", "id-token": "write" },
      },
    );
  });

  it("upload the policies' findings to code scanning, in a job that runs nothing of the repository", () => {
    const scanning = jobs.find(({ where }) => where === "checks.yml code-scanning")?.job;
    const uses = (scanning?.steps ?? []).map(({ uses = "", run }) => run ?? uses.split("@")[0]);
    assert.deepEqual(uses, ["actions/download-artifact", "github/codeql-action/upload-sarif"]);
    const policy = jobs.find(({ where }) => where === "checks.yml policy")?.job;
    const written = (policy?.steps ?? []).flatMap(({ run }) => /--sarif > (\S+)/.exec(run ?? "")?.[1] ?? []);
    assert.deepEqual([scanning?.needs, written], ["policy", [scanning?.steps?.at(-1)?.with?.sarif_file]]);
  });

  it("take a role for no fork's code", () => {
    assert.deepEqual(
      workflows.filter(({ text }) => text.includes("pull_request_target")),
      [],
    );
    const preview = jobs.find(({ where }) => where === "pull-request.yml preview");
    assert.match(
      preview?.job.if ?? "",
      /^github\.event\.pull_request\.head\.repo\.full_name == github\.repository && /,
    );
  });

  it("deploy what is merged, also when they are started by hand on another branch", () => {
    const deploy = workflows.find(({ file }) => file === "deploy.yml")?.workflow;
    assert.deepEqual(deploy?.on, { push: { branches: ["main"] }, workflow_dispatch: null });
    assert.equal(deploy?.jobs.checks?.if, "github.ref == 'refs/heads/main'");
    const { checks, ...others } = deploy?.jobs ?? {};
    assert.deepEqual(
      Object.entries(others).map(([name, { needs }]) => [name, needs]),
      [
        ["dev", "checks"],
        ["prod-preview", "dev"],
        ["prod", "prod-preview"],
      ],
    );
  });

  it("find the comment on a pull request again by its first line", () => {
    const pullRequest = workflows.find(({ file }) => file === "pull-request.yml");
    assert.ok(pullRequest?.text.includes(`startswith("${MARKER}")`));
  });

  it("hold no secret: roles are taken over OpenID Connect", () => {
    assert.deepEqual(
      workflows.filter(({ text }) => text.includes("secrets.")),
      [],
    );
  });

  it("are all in the table of docs/engine.md", () => {
    const page = fs.readFileSync(path.join(DOCS, "engine.md"), "utf8");
    assert.deepEqual(
      workflows.map(({ file }) => file).filter((file) => !page.includes(`\`${file}\``)),
      [],
    );
  });

  it("read no variable and use no environment that docs/deploying.md does not say how to set", () => {
    const page = fs.readFileSync(path.join(DOCS, "deploying.md"), "utf8");
    const variables = workflows.flatMap(({ text }) =>
      [...text.matchAll(/\bvars\.(\w+)/g)].map(([, name]) => name ?? ""),
    );
    const environments = jobs
      .flatMap(({ job }) => job.environment ?? [])
      .filter((name) => !name.includes("$"));
    assert.ok(variables.length > 0 && environments.length > 0);
    assert.deepEqual(
      [...new Set([...variables, ...environments])].filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
  });

  it("name each action by its commit, with the version behind it", () => {
    const uses = workflows.flatMap(({ text }) =>
      [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action ?? ""),
    );
    assert.deepEqual(
      uses.filter((action) => !/^([\w-]+\/)+[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|^\.\//.test(action)),
      [],
    );
  });

  it("leave no credentials of the checkout behind for the code they run", () => {
    const checkouts = jobs
      .flatMap(({ job }) => job.steps ?? [])
      .filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    assert.ok(checkouts.length > 0);
    assert.deepEqual(
      checkouts.filter((step) => step.with?.["persist-credentials"] !== false),
      [],
    );
  });

  it("put no text of a pull request into a script, where it would be run", () => {
    const runs = jobs.flatMap(({ where, job }) =>
      (job.steps ?? []).map(({ run }) => ({ where, run: run ?? "" })),
    );
    assert.deepEqual(
      runs.filter(({ run }) => run.includes("${{")),
      [],
    );
  });

  it("judge the policies of a pull request also where nothing could be measured", () => {
    // A required job that is skipped counts as one that passed.
    const policy = jobs.find(({ where }) => where === "pull-request.yml policy");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own expressions.
    assert.equal(policy?.job.if, "${{ !cancelled() }}");
  });
});
