import { stackProtection } from "../../../policy/rules/stack/protection";
import { stackTags } from "../../../policy/rules/stack/tags";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const TAGS = { project: "paddock", stack: "test" };

export const stackCases: readonly RuleCases[] = [
  {
    rule: stackTags,
    passes: {
      both: [ruleResource("aws:lambda/function:Function", "iris", { tags: { ...TAGS, Name: "iris" } })],
    },
    fails: {
      none: {
        stack: [ruleResource("aws:s3/bucket:Bucket", "models")],
        says: ["models: no tag project, stack; allowed: tags project, stack"],
      },
      one: {
        stack: [ruleResource("aws:iam/role:Role", "iris", { tags: { project: "paddock" } })],
        says: ["iris: no tag stack; allowed: tags project, stack"],
      },
    },
  },
  {
    rule: stackProtection,
    passes: {
      "what is protected": [
        ruleResource("aws:efs/fileSystem:FileSystem", "models", {}, { stack: "prod", protect: true }),
      ],
      "a bucket that may be emptied": [
        ruleResource("aws:s3/bucket:Bucket", "artifacts", { forceDestroy: true }, { stack: "prod" }),
      ],
      "anything in another stack": [ruleResource("aws:s3/bucket:Bucket", "models", {}, { stack: "dev" })],
    },
    fails: {
      "a bucket in production": {
        stack: [ruleResource("aws:s3/bucket:Bucket", "models", { forceDestroy: false }, { stack: "prod" })],
        says: ["models: not protected in prod; allowed: protected"],
      },
      "an API in production": {
        stack: [ruleResource("aws:apigateway/restApi:RestApi", "api", {}, { stack: "prod" })],
        says: ["api: not protected in prod; allowed: protected"],
      },
    },
  },
];
