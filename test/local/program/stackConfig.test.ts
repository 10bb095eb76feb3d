import assert from "node:assert/strict";
import path from "node:path";
import { readStackConfig } from "../../../local/program/stackConfig";
import { writeProject } from "../../helpers/program/writeProject";

const PULUMI_YAML = `
name: tried
main: program.ts
config:
  memory:
    type: integer
    default: 512
  origins:
    type: array
    items: { type: string }
    default: []
  "aws:profile":
    value: work
  noDefault:
    type: string
`;

describe("readStackConfig", () => {
  it("takes defaults, then the stack's values, then overrides, as text with structures in JSON", () => {
    const folder = writeProject("", {
      "Pulumi.yaml": PULUMI_YAML,
      "Pulumi.dev.yaml": 'config:\n  aws:region: eu-west-1\n  tried:memory: 1024\n  tried:origins: ["*"]\n',
    });
    assert.deepEqual(readStackConfig(folder, "dev", { memory: "2048", "other:key": "x" }), {
      project: "tried",
      stack: "dev",
      main: path.join(folder, "program.ts"),
      folder,
      notes: [],
      config: {
        "tried:memory": "2048",
        "tried:origins": '["*"]',
        "aws:profile": "work",
        "aws:region": "eu-west-1",
        "other:key": "x",
      },
    });
  });

  it("rejects encrypted values, a missing stack file and broken YAML, each in one line", () => {
    const folder = writeProject("", {
      "Pulumi.secret.yaml": "config:\n  tried:key:\n    secure: v1:abc\n",
      "Pulumi.broken.yaml": "config: [\n",
      "Pulumi.listed.yaml": "- config\n",
      "Pulumi.dated.yaml": 'config:\n  tried:quoted: "2027-06-30"\n  tried:bare: 2027-06-30\n',
    });
    const rejection = (stack: string) => {
      try {
        readStackConfig(folder, stack);
      } catch (error) {
        return (error as Error).message;
      }
      return "nothing rejected";
    };
    assert.equal(
      rejection("secret"),
      "Pulumi.secret.yaml: `tried:key` is encrypted, and only the Pulumi CLI can read it: use a stack without secrets here.",
    );
    assert.equal(
      rejection("nowhere"),
      `There is no stack "nowhere": Pulumi.nowhere.yaml is not in ${folder}, there are broken, dated, dev, listed, secret.`,
    );
    assert.equal(
      rejection("dated"),
      'Pulumi.dated.yaml:3: 2027-06-30 is a date without quotes, which Pulumi rejects: write "2027-06-30".',
    );
    assert.match(rejection("broken"), /^Pulumi\.broken\.yaml: [^\n]+[^:\n]$/);
    assert.equal(
      rejection("listed"),
      "Pulumi.listed.yaml must hold keys with values, as in `name: paddock`.",
    );
  });

  it("rejects a project without a name", () => {
    const folder = writeProject("", { "Pulumi.yaml": "runtime: nodejs\n" });
    assert.throws(() => readStackConfig(folder, "dev"), {
      message: `Pulumi.yaml in ${folder} has no \`name\`.`,
    });
  });
});
