import { resourceRule } from "../../lib/rule";

export const iamAccessKeys = resourceRule({
  name: "iam-access-keys",
  title: "A stack makes no access keys",
  why: "A key does not end, and its secret is in the stack's state: whoever copies it is that user until somebody notices.",
  cure: "Let people and pipelines take a role (IAM Identity Center, OpenID Connect), and remove the AccessKey.",
  severity: "high",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  types: ["aws:iam/accessKey:AccessKey"],
  check() {
    return { found: "an access key", allowed: "roles" };
  },
});
