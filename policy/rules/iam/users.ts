import { resourceRule } from "../../lib/rule";

export const iamUsers = resourceRule({
  name: "iam-users",
  title: "People and programs have roles, not users",
  why: "A user's password and keys do not end, and nobody removes the user with the person.",
  cure: "Use IAM Identity Center for people, and roles for programs.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  controls: ["CKV_AWS_273"],
  types: ["aws:iam/user:User", "aws:iam/userLoginProfile:UserLoginProfile"],
  check({ type }) {
    return { found: type === "aws:iam/user:User" ? "an IAM user" : "a user's password", allowed: "roles" };
  },
});
