import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Declared } from "@paddock/local/program";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Rule } from "../../policy/lib/rule";
import type { RuleRun } from "../../policy/lib/runRule";
import { RULES } from "../../policy/rules";
import { judge } from "../helpers/policy/judge";
import type { RuleCases } from "../helpers/policy/ruleCases";
import { ruleResource } from "../helpers/policy/ruleResource";
import { accessCases } from "./cases/access";
import { apigatewayCases } from "./cases/apigateway";
import { cloudwatchCases } from "./cases/cloudwatch";
import { efsCases } from "./cases/efs";
import { iamCases } from "./cases/iam";
import { kmsCases } from "./cases/kms";
import { lambdaCases } from "./cases/lambda";
import { modelCases } from "./cases/models";
import { packageCases } from "./cases/package";
import { packageContentsCases } from "./cases/packageContents";
import { refusalCases } from "./cases/refusals";
import { s3Cases } from "./cases/s3";
import { sagemakerCases } from "./cases/sagemaker";
import { stackCases } from "./cases/stack";
import { vpcCases } from "./cases/vpc";

const CASES: readonly RuleCases[] = [
  ...packageCases,
  ...lambdaCases,
  ...modelCases,
  ...apigatewayCases,
  ...s3Cases,
  ...efsCases,
  ...vpcCases,
  ...iamCases,
  ...sagemakerCases,
  ...kmsCases,
  ...cloudwatchCases,
  ...stackCases,
  ...accessCases,
  ...refusalCases,
  ...packageContentsCases,
];

const NEVER_PASS = ["iam-access-keys", "iam-users"];
/** Rules that ask whether a resource is referred to, or belongs to another one, by whatever property. */
const BY_ANY_PROPERTY = ["vpc-security-group-used"];
const ROOT = path.resolve(__dirname, "../..");
const RULES_DIR = path.join(ROOT, "policy/rules");
const FOREIGN = ruleResource("aws:ssm/document:Document" as never, "document", { name: "document" } as never);

describe("the rules", () => {
  it("Every rule's file is named after the rule's id, and exports only the rule", () => {
    const camelCase = (id: string) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const files = fs
      .readdirSync(RULES_DIR, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && file !== "index.ts");
    const found = files.map((file) => {
      const module = require(path.join(RULES_DIR, file)) as Record<string, Rule>;
      return [file, Object.entries(module).map(([name, rule]) => [name, rule.name])];
    });
    const expected = RULES.map(({ name }) => {
      const [service, ...what] = name.split("-");
      return [`${service}/${camelCase(what.join("-"))}.ts`, [[camelCase(name), name]]];
    });
    assert.deepEqual(found.sort(), expected.sort());
  });

  it("Rules have names of their own, of lower-case words", () => {
    const names = RULES.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
    assert.deepEqual(
      names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name)),
      [],
    );
  });

  it("Rules say what, why and what to do in sentences, and name a page", () => {
    const sentence = /^[A-Z`].*[.;]?$/s;
    const wrong = RULES.filter(
      ({ title, why, cure, url }) =>
        !/^[A-Z][^.]*[^.\s]$/.test(title.replaceAll("1.2", "")) ||
        !sentence.test(why) ||
        !why.endsWith(".") ||
        !sentence.test(cure) ||
        !cure.endsWith(".") ||
        !url.startsWith("https://"),
    );
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });

  it("Every rule has a stack that passes and one that does not", () => {
    const tested = CASES.filter(({ rule }) => rule.scope !== "exceptions")
      // A rule that no resource of its type passes has no case that does.
      .filter(
        ({ rule, passes, fails }) =>
          (Object.keys(passes).length > 0 || NEVER_PASS.includes(rule.name)) && Object.keys(fails).length > 0,
      )
      .map(({ rule }) => rule.name);
    const rules = RULES.filter(({ scope }) => scope !== "exceptions").map(({ name }) => name);
    assert.deepEqual(tested.sort(), rules.sort());
  });
});

for (const { rule, passes, fails, limits = {}, root = ROOT } of CASES) {
  const judgeOne = async (stack: readonly Declared[]): Promise<RuleRun> => {
    const [run] = await judge([rule], stack, { limits, root });
    assert.ok(run);
    return run;
  };

  describe(`rule ${rule.name}`, () => {
    for (const [what, stack] of Object.entries(passes)) {
      it(`${rule.name} passes ${what}`, async () => {
        const run = await judgeOne(stack);
        assert.deepEqual(said(run), []);
        assert.notEqual(run.judged, 0);
      });
    }

    for (const [what, { stack, says }] of Object.entries(fails)) {
      it(`${rule.name} rejects ${what}`, async () => {
        const run = await judgeOne(stack);
        assert.deepEqual(said(run), says);
        assert.deepEqual(run.failures, []);
      });

      it(`${rule.name} does not pass ${what} while its values are unknown`, async () => {
        const run = await judgeOne(stack.map((resource) => withUnknowns(resource, rule)));
        assert.notEqual(run.verdicts.length + run.failures.length, 0);
        assert.deepEqual(
          run.failures.filter(({ unknown }) => !unknown),
          [],
        );
      });
    }

    if (!BY_ANY_PROPERTY.includes(rule.name)) {
      it(`${rule.name} takes no notice of references by properties that it does not ask for`, async () => {
        for (const stack of [...Object.values(passes), ...Object.values(fails).map(({ stack }) => stack)]) {
          const unreferenced = await judgeOne(
            stack.map((resource) => referringBy(resource, () => undefined)),
          );
          const elsewhere = await judgeOne(stack.map((resource) => referringBy(resource, () => "elsewhere")));
          assert.deepEqual(said(elsewhere), said(unreferenced));
        }
      });
    }

    if (rule.scope === "resource" && rule.remediate) {
      const { remediate } = rule;
      for (const [what, { stack }] of Object.entries(fails)) {
        it(`${rule.name} passes ${what} after its remediation`, async () => {
          const mended = structuredClone(stack);
          for (const { inputs } of mended) remediate.call(rule, inputs as never);
          assert.deepEqual(said(await judgeOne(mended)), []);
        });
      }
    }

    it(`${rule.name} has not run where the stack has none of its resources`, async () => {
      const { verdicts, judged, failures } = await judgeOne([FOREIGN]);
      assert.deepEqual({ verdicts, judged, failures }, { verdicts: [], judged: 0, failures: [] });
    });
  });
}

function said({ verdicts }: RuleRun): string[] {
  return verdicts.map(
    ({ urn, found, allowed, warning }) =>
      `${warning ? "(warning) " : ""}${urn?.split("::").at(-1)}: ${found}; allowed: ${allowed}`,
  );
}

/** The resource with its references at other properties, or at none; what it depends on stays. */
function referringBy(resource: Declared, rename: (property: string) => string | undefined): Declared {
  const propertyDependencies: Record<string, string[]> = {};
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    const renamed = rename(property);
    if (renamed !== undefined)
      propertyDependencies[renamed] = [...(propertyDependencies[renamed] ?? []), ...urns];
  }
  return { ...resource, propertyDependencies };
}

/** The resources that a rule judges as they are in the first preview, at the worst: no value is known. */
function withUnknowns(resource: Declared, { types }: Rule): Declared {
  if (!(types as readonly string[]).includes(resource.type)) return resource;
  const hide = (values: object) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([key]) => [key, unknownValue]),
    );
  return { ...resource, inputs: hide(resource.inputs), outputs: hide(resource.outputs) };
}
