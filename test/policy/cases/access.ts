import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";
import { apiBodyAuthorization } from "../../../policy/rules/api/bodyAuthorization";
import { apiCorsCredentials } from "../../../policy/rules/api/corsCredentials";
import { apiHttpAuthorization } from "../../../policy/rules/api/httpAuthorization";
import { efsAccessPointPermissions } from "../../../policy/rules/efs/accessPointPermissions";
import { iamAccessKeys } from "../../../policy/rules/iam/accessKeys";
import { iamUsers } from "../../../policy/rules/iam/users";
import { lambdaOtherAccounts } from "../../../policy/rules/lambda/otherAccounts";
import { policyPublicPrincipal } from "../../../policy/rules/policy/publicPrincipal";
import { policyServiceSource } from "../../../policy/rules/policy/serviceSource";
import { s3Cors } from "../../../policy/rules/s3/cors";
import { s3PublicAccessAllowed } from "../../../policy/rules/s3/publicAccessAllowed";
import { s3PublicAcl } from "../../../policy/rules/s3/publicAcl";
import { s3Website } from "../../../policy/rules/s3/website";
import { vpcEndpointPolicy } from "../../../policy/rules/vpc/endpointPolicy";
import { vpcOpenNacl } from "../../../policy/rules/vpc/openNacl";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const one = <T extends ResourceToken>(type: T, inputs: Partial<PropertiesOf<T>> = {}) =>
  ruleResource(type, "it", inputs);

const allowing = (principal: unknown, condition?: object, action = "sqs:SendMessage") =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: principal, Action: action, Resource: "*", Condition: condition },
    ],
  });

const bySource = { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:1:t" } };

const openApi = (operation: object, rest: object = {}) =>
  JSON.stringify({ openapi: "3.0.1", paths: { "/iris": { post: operation, options: {} } }, ...rest });

const accessPoint = (permissions: string, owner: number) =>
  one("aws:efs/accessPoint:AccessPoint", {
    rootDirectory: { path: "/models", creationInfo: { permissions, ownerUid: owner, ownerGid: owner } },
  });

const nacl = (action: string, cidrBlock: string, fromPort: number, toPort = fromPort) =>
  one("aws:ec2/networkAcl:NetworkAcl", {
    ingress: [{ action, cidrBlock, fromPort, toPort, protocol: "tcp", ruleNo: 1 }],
  });

const invokable = (path: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: `arn:aws:execute-api:eu-west-1:123456789012:${path}`,
      },
    ],
  });

/** Rules about who is let in. */
export const accessCases: readonly RuleCases[] = [
  {
    rule: policyPublicPrincipal,
    passes: {
      "a queue for one topic": [
        one("aws:sqs/queuePolicy:QueuePolicy", { policy: allowing("*", bySource) }),
        one("aws:sqs/queue:Queue"),
      ],
      "a layer for an organization": [
        one("aws:lambda/layerVersionPermission:LayerVersionPermission", {
          principal: "*",
          organizationId: "o-1",
        }),
      ],
      "a private API": [
        one("aws:apigateway/restApiPolicy:RestApiPolicy", {
          policy: allowing("*", { StringEquals: { "aws:SourceVpce": "vpce-1" } }, "execute-api:Invoke"),
        }),
      ],
      "an API's preflight requests": [
        one("aws:apigateway/restApiPolicy:RestApiPolicy", { policy: invokable("api/*/OPTIONS/*") }),
      ],
    },
    fails: {
      "a queue, a topic, a secret, logs, a search domain, a vault and tables for everyone": {
        stack: [
          one("aws:sqs/queue:Queue", { policy: allowing("*") }),
          one("aws:sns/topicPolicy:TopicPolicy", { policy: allowing({ AWS: "*" }) }),
          one("aws:secretsmanager/secretPolicy:SecretPolicy", { policy: allowing("*") }),
          one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", { policyDocument: allowing("*") }),
          one("aws:opensearch/domain:Domain", { accessPolicies: allowing("*") }),
          one("aws:glacier/vault:Vault", { accessPolicy: allowing("*") }),
          one("aws:s3tables/tablePolicy:TablePolicy", { resourcePolicy: allowing("*") }),
          one("aws:dynamodb/resourcePolicy:ResourcePolicy", { policy: allowing({ AWS: "*" }) }),
        ],
        says: Array(8).fill("it: sqs:SendMessage for everyone; allowed: principals by name"),
      },
      "an API, by every method": {
        stack: [
          one("aws:apigateway/restApiPolicy:RestApiPolicy", { policy: invokable("api/*/*/OPTIONS/*") }),
        ],
        says: ["it: execute-api:Invoke for everyone; allowed: principals by name"],
      },
      "a layer for everyone": {
        stack: [one("aws:lambda/layerVersionPermission:LayerVersionPermission", { principal: "*" })],
        says: ["it: a layer for everyone; allowed: an account or an organization"],
      },
    },
  },
  {
    rule: policyServiceSource,
    passes: {
      "S3 for one account": [
        one("aws:sqs/queuePolicy:QueuePolicy", {
          policy: allowing(
            { Service: "s3.amazonaws.com" },
            { StringEquals: { "aws:SourceAccount": "123456789012" } },
          ),
        }),
      ],
    },
    fails: {
      "S3 for anyone": {
        stack: [
          one("aws:sqs/queuePolicy:QueuePolicy", { policy: allowing({ Service: "s3.amazonaws.com" }) }),
        ],
        says: ["it: s3.amazonaws.com for any source; allowed: a source ARN or account"],
      },
    },
  },
  {
    rule: iamAccessKeys,
    passes: {},
    fails: {
      "a key": {
        stack: [one("aws:iam/accessKey:AccessKey", { user: "ci" })],
        says: ["it: an access key; allowed: roles"],
      },
    },
  },
  {
    rule: iamUsers,
    passes: {},
    fails: {
      "a user": { stack: [one("aws:iam/user:User")], says: ["it: an IAM user; allowed: roles"] },
      "a password": {
        stack: [one("aws:iam/userLoginProfile:UserLoginProfile", { user: "ada" })],
        says: ["it: a user's password; allowed: roles"],
      },
    },
  },
  {
    rule: apiBodyAuthorization,
    passes: {
      "no body": [one("aws:apigateway/restApi:RestApi")],
      "signatures for all": [
        one("aws:apigateway/restApi:RestApi", { body: openApi({}, { security: [{ sigv4: [] }] }) }),
      ],
      "signatures by the extension, in YAML": [
        one("aws:apigateway/restApi:RestApi", {
          body: "paths:\n  /iris:\n    post:\n      x-amazon-apigateway-auth:\n        type: AWS_IAM\n",
        }),
      ],
      "a private API": [
        one("aws:apigateway/restApi:RestApi", {
          body: openApi({}),
          endpointConfiguration: { types: "PRIVATE" },
        }),
      ],
    },
    fails: {
      "an operation without security": {
        stack: [
          one("aws:apigateway/restApi:RestApi", { body: openApi({}) }),
          one("aws:apigatewayv2/api:Api", {
            body: openApi({ security: [] }, { security: [{ sigv4: [] }] }),
          }),
        ],
        says: Array(2).fill("it: POST /iris for everyone; allowed: IAM, an authorizer or an API key"),
      },
    },
  },
  {
    rule: apiHttpAuthorization,
    passes: {
      signatures: [
        one("aws:apigatewayv2/api:Api"),
        one("aws:apigatewayv2/route:Route", { routeKey: "POST /iris", authorizationType: "AWS_IAM" }),
        one("aws:apigatewayv2/route:Route", { routeKey: "OPTIONS /iris" }),
        one("aws:apigatewayv2/route:Route", { routeKey: "$disconnect" }),
      ],
    },
    fails: {
      everyone: {
        stack: [
          one("aws:apigatewayv2/api:Api", { target: "arn" }),
          one("aws:apigatewayv2/route:Route", { routeKey: "POST /iris" }),
        ],
        says: [
          "it: a default route for everyone (`target`); allowed: routes with an authorizer",
          "it: POST /iris with authorization NONE; allowed: AWS_IAM or an authorizer",
        ],
      },
    },
  },
  {
    rule: apiCorsCredentials,
    passes: {
      "one origin": [
        one("aws:apigatewayv2/api:Api", {
          corsConfiguration: { allowCredentials: true, allowOrigins: ["https://example.com"] },
        }),
      ],
      "every origin without credentials": [
        one("aws:lambda/functionUrl:FunctionUrl", { cors: { allowOrigins: ["*"] } }),
      ],
    },
    fails: {
      "every origin with credentials": {
        stack: [
          one("aws:apigatewayv2/api:Api", {
            corsConfiguration: { allowCredentials: true, allowOrigins: ["*"] },
          }),
          one("aws:lambda/functionUrl:FunctionUrl", {
            cors: { allowCredentials: true, allowOrigins: ["*"] },
          }),
        ],
        says: Array(2).fill("it: CORS with credentials for every origin; allowed: origins by name"),
      },
    },
  },
  {
    rule: efsAccessPointPermissions,
    passes: {
      "its owner's": [accessPoint("0755", 1000)],
      "a folder that is there": [one("aws:efs/accessPoint:AccessPoint")],
    },
    fails: {
      "everyone's, and root's": {
        stack: [accessPoint("0777", 0)],
        says: [
          "it: permissions 0777; allowed: none to write for others",
          "it: owner 0:0; allowed: an owner other than 0",
        ],
      },
    },
  },
  {
    rule: lambdaOtherAccounts,
    passes: {
      "one role": [
        one("aws:lambda/permission:Permission", { principal: "arn:aws:iam::111122223333:role/caller" }),
      ],
    },
    fails: {
      "a whole account": {
        stack: [one("aws:lambda/permission:Permission", { principal: "111122223333" })],
        says: ["it: the whole account 111122223333; allowed: a role by its ARN"],
      },
    },
  },
  {
    rule: s3PublicAcl,
    passes: {
      none: [one("aws:s3/bucket:Bucket")],
      private: [one("aws:s3/bucketAcl:BucketAcl", { acl: "private" })],
    },
    fails: {
      everyone: {
        stack: [
          one("aws:s3/bucket:Bucket", { acl: "public-read" }),
          one("aws:s3/bucketAcl:BucketAcl", {
            accessControlPolicy: {
              owner: { id: "1" },
              grants: [
                {
                  permission: "READ",
                  grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" },
                },
              ],
            },
          }),
        ],
        says: ["it: ACL public-read; allowed: none", "it: READ for everyone; allowed: none"],
      },
    },
  },
  {
    rule: s3PublicAccessAllowed,
    passes: {
      "all four": [
        one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        }),
      ],
    },
    fails: {
      "each that is not true": {
        stack: [
          one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
            blockPublicAcls: true,
            blockPublicPolicy: false,
          }),
        ],
        says: ["it: blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets not true; allowed: all four"],
      },
    },
  },
  {
    rule: s3Website,
    passes: { "a bucket": [one("aws:s3/bucket:Bucket")] },
    fails: {
      "a website": {
        stack: [
          one("aws:s3/bucket:Bucket", { website: { indexDocument: "index.html" } }),
          one("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"),
        ],
        says: Array(2).fill("it: a website without TLS; allowed: CloudFront before the bucket"),
      },
    },
  },
  {
    rule: s3Cors,
    passes: {
      "reading from every origin": [
        one("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", {
          corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }],
        }),
      ],
    },
    fails: {
      "writing from every origin": {
        stack: [
          one("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", {
            corsRules: [{ allowedMethods: ["GET", "PUT"], allowedOrigins: ["*"] }],
          }),
        ],
        says: ["it: PUT from every origin; allowed: origins by name"],
      },
    },
  },
  {
    rule: vpcOpenNacl,
    passes: {
      "ports of web servers": [nacl("allow", "0.0.0.0/0", 443)],
      "everyone denied": [nacl("deny", "0.0.0.0/0", 22)],
      egress: [
        one("aws:ec2/networkAclRule:NetworkAclRule", {
          ruleAction: "allow",
          cidrBlock: "0.0.0.0/0",
          protocol: "-1",
          egress: true,
        }),
      ],
    },
    fails: {
      "SSH and RDP from everywhere": {
        stack: [
          nacl("allow", "0.0.0.0/0", 20, 25),
          one("aws:ec2/networkAclRule:NetworkAclRule", {
            ruleAction: "allow",
            cidrBlock: "0.0.0.0/0",
            protocol: "-1",
          }),
        ],
        says: ["22", "22", "3389"].map((port) => `it: port ${port} from 0.0.0.0/0; allowed: ranges by name`),
      },
    },
  },
  {
    rule: vpcEndpointPolicy,
    passes: {
      "AWS's default": [one("aws:ec2/vpcEndpoint:VpcEndpoint")],
      "one's own organization": [
        one("aws:ec2/vpcEndpoint:VpcEndpoint", {
          policy: allowing("*", { StringEquals: { "aws:ResourceOrgID": "o-1" } }, "*"),
        }),
      ],
    },
    fails: {
      everything: {
        stack: [one("aws:ec2/vpcEndpoint:VpcEndpoint", { policy: allowing("*", undefined, "*") })],
        says: ["it: every action on every resource; allowed: what goes through it"],
      },
    },
  },
];
