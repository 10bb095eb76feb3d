import { iamBroadPolicies } from "../../../policy/rules/iam/broadPolicies";
import { iamEscalation } from "../../../policy/rules/iam/escalation";
import { iamOidcTrust } from "../../../policy/rules/iam/oidcTrust";
import { iamStarActions } from "../../../policy/rules/iam/starActions";
import { iamStarResources } from "../../../policy/rules/iam/starResources";
import { iamTrust } from "../../../policy/rules/iam/trust";
import { iamUsers } from "../../../policy/rules/iam/users";
import type { ControlCases } from "../../helpers/policy/controlCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const GITHUB = "token.actions.githubusercontent.com";

const document = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });

const managed = (action: string | string[], resource: string) =>
  ruleResource("aws:iam/policy:Policy", "it", { policy: document({ Action: action, Resource: resource }) });

/** The same document everywhere that Checkov looks for one. */
const everywhere = (action: string | string[], resource: string) => {
  const policy = document({ Action: action, Resource: resource });
  return {
    "a role's policy": [ruleResource("aws:iam/rolePolicy:RolePolicy", "it", { policy })],
    "a user's policy": [ruleResource("aws:iam/userPolicy:UserPolicy", "it", { policy })],
    "a group's policy": [ruleResource("aws:iam/groupPolicy:GroupPolicy", "it", { policy })],
    "a managed policy": [ruleResource("aws:iam/policy:Policy", "it", { policy })],
    "a policy inside a role": [
      ruleResource("aws:iam/role:Role", "it", { inlinePolicies: [{ name: "a", policy }] }),
    ],
  };
};

const trusting = (...statements: readonly object[]) => [
  ruleResource("aws:iam/role:Role", "it", {
    assumeRolePolicy: document(
      ...statements.map((statement) => ({ Action: "sts:AssumeRole", ...statement })),
    ),
  }),
];

const workflows = (subject?: string) => [
  ruleResource("aws:iam/role:Role", "it", {
    assumeRolePolicy: document({
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${GITHUB}` },
      Condition: {
        StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" },
        ...(subject !== undefined && { StringLike: { [`${GITHUB}:sub`]: subject } }),
      },
    }),
  }),
];

/** A control about single actions on every resource. */
const onEverything = (control: string, ...actions: readonly string[]): ControlCases => ({
  rule: iamStarResources,
  controls: [control],
  refuses: Object.fromEntries(actions.map((action) => [`${action} on \`*\``, [managed(action, "*")]])),
  passes: { "such an action on one resource": [managed(actions.slice(0, 1), "arn:aws:s3:::a/*")] },
});

export const iamControls: readonly ControlCases[] = [
  {
    rule: iamBroadPolicies,
    controls: ["CKV_AWS_274"],
    refuses: {
      "an administrator's policy on a role": [
        ruleResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "it", { policyArn: ADMINISTRATOR }),
      ],
      "one on a user": [
        ruleResource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "it", { policyArn: ADMINISTRATOR }),
      ],
      "one on a group": [
        ruleResource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "it", {
          policyArn: ADMINISTRATOR,
        }),
      ],
      "one on several at once": [
        ruleResource("aws:iam/policyAttachment:PolicyAttachment", "it", { policyArn: ADMINISTRATOR }),
      ],
      "one that a role lists": [
        ruleResource("aws:iam/role:Role", "it", { managedPolicyArns: [ADMINISTRATOR] }),
      ],
    },
    passes: {
      "a policy for one purpose": [
        ruleResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "it", {
          policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        }),
        ruleResource("aws:iam/role:Role", "it"),
      ],
    },
  },
  {
    rule: iamEscalation,
    controls: ["CKV2_AWS_40"],
    refuses: { "iam:*": [managed("iam:*", "*")], "*": [managed(["*"], "*")] },
    passes: { "reading of roles": [managed("iam:GetRole", "arn:aws:iam::123456789012:role/a")] },
  },
  {
    rule: iamOidcTrust,
    controls: ["CKV_AWS_393"],
    refuses: {
      "tokens without a subject": workflows(),
      "any subject": workflows("*"),
      "a subject without a claim": workflows("paddock"),
      "any repository": workflows("repo:*"),
      "a claim that any workflow may have": workflows("workflow:deploy:repo:owner/name"),
      "a repository without its name": workflows("repo:owner:ref:refs/heads/main"),
    },
    passes: { "one repository": workflows("repo:owner/name:ref:refs/heads/main") },
  },
  {
    rule: iamStarActions,
    controls: ["IAM.1", "CKV_AWS_62", "CKV_AWS_63"],
    refuses: everywhere("*", "*"),
    passes: everywhere("s3:GetObject", "arn:aws:s3:::a/*"),
  },
  {
    rule: iamStarActions,
    controls: ["IAM.21"],
    refuses: { "all of a service": [managed(["ec2:*"], "arn:aws:ec2:us-east-1:123456789012:instance/i-1")] },
    passes: { "actions by their names' beginnings": [managed("ec2:Describe*", "*")] },
  },
  onEverything("CKV_AWS_286", "iam:UpdateLoginProfile", "glue:UpdateDevEndpoint", "ecs:ExecuteCommand"),
  onEverything("CKV_AWS_288", "s3:GetObject", "ssm:GetParameter", "secretsmanager:GetSecretValue"),
  onEverything("CKV_AWS_289", "iam:PutRolePolicy", "s3:PutBucketPolicy", "kms:CreateGrant"),
  onEverything("CKV_AWS_290", "s3:PutObject", "dynamodb:DeleteTable", "sqs:SendMessage"),
  onEverything("CKV_AWS_355", "s3:ListBucket", "lambda:InvokeFunction", "ec2:RunInstances"),
  {
    rule: iamTrust,
    controls: ["CKV_AWS_60"],
    refuses: {
      everyone: trusting({ Principal: { AWS: "*" } }),
      "everyone among others": trusting({ Principal: { AWS: ["arn:aws:iam::123456789012:role/a", "*"] } }),
      "everyone who knows a number": trusting({
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "sts:ExternalId": "1" } },
      }),
      "a role of any account": trusting({ Principal: { AWS: "arn:aws:iam::*:role/a" } }),
    },
    passes: {
      "one service": trusting({ Principal: { Service: "lambda.amazonaws.com" } }),
      "a denial for everyone": trusting(
        { Principal: { Service: "lambda.amazonaws.com" } },
        { Effect: "Deny", Principal: { AWS: "*" } },
      ),
    },
  },
  {
    rule: iamTrust,
    controls: ["CKV_AWS_61"],
    refuses: {
      "an account by its number": trusting({ Principal: { AWS: "123123123123" } }),
      "an account by its root user": trusting({ Principal: { AWS: "arn:aws:iam::123123123123:root" } }),
      "an account beside a role": trusting({
        Principal: { AWS: ["arn:aws:iam::123123123123:role/a", "123123123123"] },
      }),
    },
    passes: {
      "one role": trusting({ Principal: { AWS: "arn:aws:iam::123123123123:role/a" } }),
      "one service": trusting({ Principal: { Service: "lambda.amazonaws.com" } }),
    },
  },
  {
    rule: iamUsers,
    controls: ["CKV_AWS_273"],
    refuses: { "a user": [ruleResource("aws:iam/user:User", "it")] },
    passes: { "a role": [ruleResource("aws:iam/role:Role", "it")] },
  },
];
