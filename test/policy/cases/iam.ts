import { iamBroadPolicies } from "../../../policy/rules/iam/broadPolicies";
import { iamEscalation } from "../../../policy/rules/iam/escalation";
import { iamInlinePolicies } from "../../../policy/rules/iam/inlinePolicies";
import { iamOidcTrust } from "../../../policy/rules/iam/oidcTrust";
import { iamStarActions } from "../../../policy/rules/iam/starActions";
import { iamStarResources } from "../../../policy/rules/iam/starResources";
import { iamTrust } from "../../../policy/rules/iam/trust";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const LOGS = {
  Effect: "Allow",
  Action: ["logs:PutLogEvents"],
  Resource: ["arn:aws:logs:us-east-1:1:log-group:a:*"],
};

const rolePolicy = (...statements: readonly object[]) =>
  ruleResource("aws:iam/rolePolicy:RolePolicy", "iris", { policy: document(statements) });

const role = (principal: unknown) =>
  ruleResource("aws:iam/role:Role", "iris", {
    assumeRolePolicy: document([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }]),
  });

const attached = (policyArn: string) =>
  ruleResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "iris", { policyArn });

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const GITHUB = "token.actions.githubusercontent.com";

/** A role for tokens of GitHub's workflows, by what its policy asks of them. */
const forWorkflows = (condition: object) =>
  ruleResource("aws:iam/role:Role", "deploy", {
    assumeRolePolicy: document([
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${GITHUB}` },
        Condition: condition,
      },
    ]),
  });

const audience = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
const subject = (...subjects: readonly string[]) => ({ [`${GITHUB}:sub`]: subjects });

export const iamCases: readonly RuleCases[] = [
  {
    rule: iamStarActions,
    passes: {
      "actions by name": [rolePolicy(LOGS)],
      "a denial of everything": [rolePolicy({ ...LOGS, Effect: "Deny", Action: "*" })],
    },
    fails: {
      "all actions, a service's, and all but some": {
        stack: [
          rolePolicy(
            { ...LOGS, Action: "*" },
            { ...LOGS, Action: ["s3:GetObject", "s3:*", "*:*"] },
            { Effect: "Allow", NotAction: "iam:*", Resource: "arn" },
          ),
        ],
        says: [
          "iris: action *; allowed: actions by name",
          "iris: action s3:*; allowed: actions by name",
          "iris: action *:*; allowed: actions by name",
          "iris: all actions but iam:*; allowed: actions by name",
        ],
      },
      "a managed policy's": {
        stack: [
          ruleResource("aws:iam/policy:Policy", "shared", {
            policy: document([{ ...LOGS, Action: "logs:*" }]),
          }),
        ],
        says: ["shared: action logs:*; allowed: actions by name"],
      },
    },
  },
  {
    rule: iamStarResources,
    passes: {
      "resources by ARN": [rolePolicy(LOGS)],
      "listing functions, for which AWS knows no resource": [
        rolePolicy({
          Effect: "Allow",
          Action: ["lambda:ListFunctions", "ec2:DescribeVpcs"],
          Resource: ["*"],
        }),
      ],
      "traces, which have no resource": [
        rolePolicy({ Effect: "Allow", Action: ["xray:PutTraceSegments"], Resource: ["*"] }),
      ],
    },
    fails: {
      "every bucket": {
        stack: [
          rolePolicy({ Effect: "Allow", Action: ["xray:PutTraceSegments", "s3:GetObject"], Resource: "*" }),
        ],
        says: ["iris: s3:GetObject on every resource; allowed: resources by ARN"],
      },
      "every bucket, written as an ARN": {
        stack: [
          rolePolicy(
            { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::*" },
            { Effect: "Allow", Action: "s3:GetObject", Resource: ["arn:aws:s3:::*/*"] },
            { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "arn:aws:logs:*:*:*" },
          ),
        ],
        says: [
          "iris: s3:ListBucket on arn:aws:s3:::*; allowed: resources by ARN",
          "iris: s3:GetObject on arn:aws:s3:::*/*; allowed: resources by ARN",
          "iris: logs:PutLogEvents on arn:aws:logs:*:*:*; allowed: resources by ARN",
        ],
      },
      "a description of every instance, which reads nothing of it": {
        stack: [rolePolicy({ Effect: "Allow", Action: "ec2:Describe*", Resource: "*" })],
        says: ["(warning) iris: ec2:Describe* on every resource; allowed: resources by ARN"],
      },
      "every bucket but one": {
        stack: [
          rolePolicy({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }),
        ],
        says: ["iris: s3:GetObject on every resource; allowed: resources by ARN"],
      },
    },
  },
  {
    rule: iamEscalation,
    passes: {
      "assuming and passing one role": [
        rolePolicy({
          Effect: "Allow",
          Action: ["iam:PassRole", "sts:AssumeRole"],
          Resource: ["arn:aws:iam::1:role/a"],
        }),
      ],
      "reading, roles as well": [rolePolicy(LOGS, { ...LOGS, Action: ["iam:Get*", "lambda:Invoke*"] })],
    },
    fails: {
      "passing roles and assuming others": {
        stack: [
          rolePolicy({ Effect: "Allow", Action: ["iam:PassRole", "sts:AssumeRole"], Resource: ["arn:*"] }),
        ],
        says: [
          "iris: action iam:PassRole; allowed: none that gives rights",
          "iris: action sts:AssumeRole; allowed: none that gives rights",
        ],
      },
      "wildcards that stand for such actions": {
        stack: [
          rolePolicy({ ...LOGS, Action: ["iam:Put*", "iam:*Policy", "lambda:Update*", "sts:Assume*"] }),
        ],
        says: ["iam:Put*", "iam:*Policy", "lambda:Update*", "sts:Assume*"].map(
          (action) => `iris: action ${action}; allowed: none that gives rights`,
        ),
      },
    },
  },
  {
    rule: iamBroadPolicies,
    passes: {
      "one purpose": [attached("arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs")],
    },
    fails: {
      "an administrator's": {
        stack: [attached("arn:aws:iam::aws:policy/AdministratorAccess")],
        says: ["iris: arn:aws:iam::aws:policy/AdministratorAccess; allowed: policies for one purpose"],
      },
      "full access": {
        stack: [attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")],
        says: ["iris: arn:aws:iam::aws:policy/AmazonS3FullAccess; allowed: policies for one purpose"],
      },
    },
  },
  {
    rule: iamTrust,
    passes: {
      Lambda: [role({ Service: "lambda.amazonaws.com" })],
      "Lambda@Edge": [role({ Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] })],
      "one role of another account": [role({ AWS: "arn:aws:iam::111122223333:role/deploy" })],
    },
    fails: {
      "an account, by its root user or number": {
        stack: [role({ AWS: ["arn:aws:iam::111122223333:root", "444455556666"] })],
        says: ["111122223333", "444455556666"].map(
          (account) =>
            `iris: everyone whom account ${account} lets may assume it; allowed: roles by name, or a condition`,
        ),
      },
      everyone: { stack: [role({ AWS: "*" })], says: ["iris: everyone may assume it; allowed: one service"] },
      "two services": {
        stack: [role({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] })],
        says: ["(warning) iris: 2 services may assume it; allowed: one service"],
      },
    },
  },
  {
    rule: iamOidcTrust,
    passes: {
      "a repository and a branch": [
        forWorkflows({ StringEquals: { ...audience, ...subject("repo:me/paddock:ref:refs/heads/main") } }),
      ],
      "any workflow of a repository": [
        forWorkflows({ StringEquals: audience, StringLike: subject("repo:me/paddock:*") }),
      ],
      "a service": [role({ Service: "lambda.amazonaws.com" })],
    },
    fails: {
      anyone: {
        stack: [forWorkflows({ StringEquals: audience })],
        says: ["deploy: tokens of anyone; allowed: a `sub` in full"],
      },
      "anyone but one": {
        stack: [forWorkflows({ StringEquals: audience, StringNotEquals: subject("repo:you/paddock:*") })],
        says: ["deploy: tokens of anyone; allowed: a `sub` in full"],
      },
      "any audience": {
        stack: [forWorkflows({ StringEquals: subject("repo:me/paddock:ref:refs/heads/main") })],
        says: ["deploy: tokens for any audience; allowed: one `aud`"],
      },
      "wildcards for repository and owner": {
        stack: [
          forWorkflows({
            StringLike: {
              ...audience,
              ...subject("*", "repo:*", "repo:me/*", "repo:me*", "repo:me/paddock:*", "repo:me"),
            },
          }),
        ],
        says: [
          "deploy: tokens of *; allowed: a `sub` in full",
          "deploy: tokens of repo:*; allowed: a `sub` in full",
          "deploy: tokens of repo:me/*; allowed: a `sub` in full",
          "deploy: tokens of repo:me*; allowed: a `sub` in full",
          "deploy: tokens of repo:me; allowed: a `sub` in full",
        ],
      },
    },
  },
  {
    rule: iamInlinePolicies,
    passes: { "policies outside": [ruleResource("aws:iam/role:Role", "iris", { inlinePolicies: [] })] },
    fails: {
      "both kinds inside": {
        stack: [
          ruleResource("aws:iam/role:Role", "iris", {
            inlinePolicies: [{ name: "logs" }],
            managedPolicyArns: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
          }),
        ],
        says: ["iris: 2 policies inside it; allowed: none"],
      },
    },
  },
];
