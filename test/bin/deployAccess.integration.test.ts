import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { ACTIONS_BY_TYPE } from "../../bin/lib/deployAccess/actionsByType";
import {
  type DeployMode,
  deployPolicies,
  type PolicyStatement,
} from "../../bin/lib/deployAccess/deployPolicy";
import { runCommand } from "../helpers/process/runCommand";
import { declareStack, declareWith } from "../helpers/program/declareStack";

const PLACE = { partition: "aws", region: "us-east-1", accountId: "*" };
const ROOT = path.resolve(__dirname, "../..");
const FILES = path.join(ROOT, "docs/deploying");

describe("the policies of the roles that deploy and preview", () => {
  for (const stack of ["dev", "prod"]) {
    for (const [file, mode] of [
      ["deploy", "deploy"],
      ["preview", "read"],
    ] as const satisfies readonly (readonly [string, DeployMode])[]) {
      it(`docs/deploying/${file}.${stack}.json is what \`npm run -s access -- --${file} --stack ${stack}\` prints`, async () => {
        const { resources } = await declareStack({}, stack);
        const written = JSON.parse(fs.readFileSync(path.join(FILES, `${file}.${stack}.json`), "utf8"));
        assert.deepEqual(written, deployPolicies(resources, PLACE, mode));
      });
    }
  }

  it("A stack without a file is an error, which names those that have one", async () => {
    const command = runCommand("bin/access.ts", ["--deploy", "--stack", "prd"], ROOT);
    assert.equal(await command.exit, 1);
    assert.match(command.output(), /^There is no stack "prd" \(did you mean "prod"\?\): .*there are .*prod/);
  });

  it("The role that previews may change nothing", () => {
    const reads = Object.values(ACTIONS_BY_TYPE).flatMap(({ read }) => read);
    assert.deepEqual(
      reads.filter((action) => !/:(Describe|GET$|Get|List|View)/.test(action)),
      [],
    );
  });

  it("With a boundary the role makes bounded roles only, and passes each to its own service", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    const { resources } = await declareWith({ permissionsBoundary: boundary, rolePath: "/ml/" }, "prod");
    const statements = deployPolicies(resources, PLACE).flatMap(({ Statement }) => Statement);
    const of = (action: string) => statements.filter(({ Action }) => Action.includes(action));
    const [create, ...others] = of("iam:CreateRole");
    assert.deepEqual(
      [create?.Condition, others],
      [{ StringEquals: { "iam:PermissionsBoundary": boundary } }, []],
    );
    assert.ok(create?.Resource.every((arn) => arn.startsWith("arn:aws:iam::*:role/ml/")));
    assert.equal(of("iam:GetRole")[0]?.Condition, undefined);
    const passed = ({ Condition, Resource }: PolicyStatement) => [
      Condition?.StringEquals?.["iam:PassedToService"],
      Resource.length,
    ];
    assert.deepEqual(of("iam:PassRole").map(passed).sort(), [
      ["apigateway.amazonaws.com", 1],
      ["codedeploy.amazonaws.com", 1],
      ["lambda.amazonaws.com", 8],
      ["vpc-flow-logs.amazonaws.com", 1],
    ]);
  });

  it("A type whose actions are not known is named", () => {
    const queue = {
      urn: "urn:pulumi:dev::paddock::aws:sqs/queue:Queue::jobs",
      type: "aws:sqs/queue:Queue",
      name: "jobs",
      custom: true,
      inputs: {},
      outputs: {},
      dependencies: [],
      propertyDependencies: {},
    };
    assert.throws(() => deployPolicies([queue], PLACE), {
      message:
        "The actions by which aws:sqs/queue:Queue is deployed are not known: add them to bin/lib/deployAccess/actionsByType.ts.",
    });
  });
});
