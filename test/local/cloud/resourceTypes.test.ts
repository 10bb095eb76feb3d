import assert from "node:assert/strict";
import { RESOURCE_TYPES } from "../../../local/cloud/resourceTypes";
import { onAws } from "../../helpers/program/declared";

const FUNCTION = "aws:lambda/function:Function by functionName";
const REST_API = "aws:apigateway/restApi:RestApi by restApi";
const BUCKET = "aws:s3/bucket:Bucket by bucket";
const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem by fileSystemId";

describe("the local cloud's resource types", () => {
  it("Each resource type of the local cloud is listed once", () => {
    const types = RESOURCE_TYPES.map(({ type }) => type);
    assert.deepEqual(types, [...new Set(types)]);
  });

  const prefixed = RESOURCE_TYPES.filter(
    ({ autoName, properties }) => autoName && properties[`${autoName.property}Prefix`]?.kind === "served",
  );
  for (const { type, autoName, outputs } of prefixed) {
    it(`${type} has a name that begins with its prefix`, () => {
      const property = autoName?.property ?? "";
      const resource = { name: "logical", urn: `urn:pulumi:dev::paddock::${type}::logical` };
      const { [property]: name } = outputs({ [`${property}Prefix`]: "given-" }, resource, onAws);
      assert.match(String(name), /^given-.+/);
    });
  }

  it("name the resource that AWS deletes them with, and no other one", () => {
    const owners = RESOURCE_TYPES.flatMap(({ type, deletedWith }) =>
      deletedWith ? [[type, `${deletedWith.type} by ${deletedWith.property}`]] : [],
    );
    assert.deepEqual(Object.fromEntries(owners), {
      "aws:apigateway/deployment:Deployment": REST_API,
      "aws:apigateway/integration:Integration": REST_API,
      "aws:apigateway/integrationResponse:IntegrationResponse": REST_API,
      "aws:apigateway/method:Method": REST_API,
      "aws:apigateway/methodResponse:MethodResponse": REST_API,
      "aws:apigateway/methodSettings:MethodSettings": REST_API,
      "aws:apigateway/resource:Resource": REST_API,
      "aws:apigateway/response:Response": "aws:apigateway/restApi:RestApi by restApiId",
      "aws:apigateway/restApiPolicy:RestApiPolicy": "aws:apigateway/restApi:RestApi by restApiId",
      "aws:apigateway/stage:Stage": REST_API,
      "aws:appautoscaling/policy:Policy": "aws:appautoscaling/target:Target by resourceId",
      "aws:appautoscaling/scheduledAction:ScheduledAction": "aws:appautoscaling/target:Target by resourceId",
      "aws:efs/backupPolicy:BackupPolicy": FILE_SYSTEM,
      "aws:efs/fileSystemPolicy:FileSystemPolicy": FILE_SYSTEM,
      "aws:lambda/alias:Alias": FUNCTION,
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": FUNCTION,
      "aws:lambda/functionUrl:FunctionUrl": FUNCTION,
      "aws:lambda/permission:Permission": "aws:lambda/function:Function by function",
      "aws:lambda/functionRecursionConfig:FunctionRecursionConfig": FUNCTION,
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": FUNCTION,
      "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": BUCKET,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": BUCKET,
      "aws:s3/bucketNotification:BucketNotification": BUCKET,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": BUCKET,
      "aws:s3/bucketPolicy:BucketPolicy": BUCKET,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": BUCKET,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": BUCKET,
      "aws:s3/bucketVersioning:BucketVersioning": BUCKET,
      "aws:sns/topicPolicy:TopicPolicy": "aws:sns/topic:Topic by arn",
      "aws:sns/topicSubscription:TopicSubscription": "aws:sns/topic:Topic by topic",
    });
  });
});
