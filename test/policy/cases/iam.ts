import { forbidBroadPolicies } from "../../../policy/rules/iam/forbidBroadPolicies";
import { forbidEscalation } from "../../../policy/rules/iam/forbidEscalation";
import { forbidMixedPolicies } from "../../../policy/rules/iam/forbidMixedPolicies";
import { forbidStarActions } from "../../../policy/rules/iam/forbidStarActions";
import { forbidStarResources } from "../../../policy/rules/iam/forbidStarResources";
import { limitTrust } from "../../../policy/rules/iam/limitTrust";
import type { RuleCases } from "../../helpers/ruleCases";
import { ruleResource } from "../../helpers/ruleResource";

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

function mixed(inlinePolicies: { name: string }[]) {
  const of = ruleResource("aws:iam/role:Role", "iris", { inlinePolicies });
  return [of, ruleResource("aws:iam/rolePolicy:RolePolicy", "iris", {}, { to: { role: of } })];
}

export const iamCases: readonly RuleCases[] = [
  {
    rule: forbidStarActions,
    passes: {
      "actions by name": [rolePolicy(LOGS)],
      "a denial of everything": [rolePolicy({ ...LOGS, Effect: "Deny", Action: "*" })],
    },
    fails: {
      "all actions, a service's, and all but some": {
        stack: [
          rolePolicy(
            { ...LOGS, Action: "*" },
            { ...LOGS, Action: ["s3:GetObject", "s3:*"] },
            { Effect: "Allow", NotAction: "iam:*", Resource: "arn" },
          ),
        ],
        says: [
          "iris: action *; allowed: actions by name",
          "iris: action s3:*; allowed: actions by name",
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
    rule: forbidStarResources,
    passes: {
      "resources by ARN": [rolePolicy(LOGS)],
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
    },
  },
  {
    rule: forbidEscalation,
    passes: { reading: [rolePolicy(LOGS)] },
    fails: {
      "passing roles and assuming others": {
        stack: [
          rolePolicy({ Effect: "Allow", Action: ["iam:PassRole", "sts:AssumeRole"], Resource: ["arn"] }),
        ],
        says: [
          "iris: action iam:PassRole; allowed: none that gives rights",
          "iris: action sts:AssumeRole; allowed: none that gives rights",
        ],
      },
    },
  },
  {
    rule: forbidBroadPolicies,
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
    rule: limitTrust,
    passes: { Lambda: [role({ Service: "lambda.amazonaws.com" })] },
    fails: {
      everyone: { stack: [role({ AWS: "*" })], says: ["iris: everyone may assume it; allowed: one service"] },
      "two services": {
        stack: [role({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] })],
        says: ["iris: 2 services may assume it; allowed: one service"],
      },
    },
  },
  {
    rule: forbidMixedPolicies,
    passes: { "policies outside": mixed([]) },
    fails: {
      "both ways": {
        stack: mixed([{ name: "logs" }]),
        says: ["iris: inline policies in both ways; allowed: one way"],
      },
    },
  },
];
