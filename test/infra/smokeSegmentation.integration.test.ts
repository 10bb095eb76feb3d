import assert from "node:assert/strict";
import type { Declaration } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";

const FUNCTION = "aws:lambda/function:Function";
const ENDPOINT_ARN = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/smoke-unet";

describe("smoke segmentation's endpoint", () => {
  let own: Declaration;
  let asked: Declaration;
  let withEgress: Declaration;
  before(async () => {
    own = await declareStack();
    asked = await declareWith({ endpointName: "Smoke-UNet", egress: "none" }, "prod");
    withEgress = await declareWith({ endpointName: "Smoke-UNet", egress: "per-zone" });
  });

  const variables = (declaration: Declaration) => {
    const { environment } = find(declaration, FUNCTION, "smoke-segmentation").inputs;
    return (environment as { variables: Record<string, string> }).variables;
  };
  const statements = (declaration: Declaration) => {
    const { policy } = find(declaration, "aws:iam/rolePolicy:RolePolicy", "smoke-segmentation").inputs;
    return JSON.parse(String(policy)).Statement as { Action: string[]; Resource: string[] }[];
  };
  const named = (declaration: Declaration, name: string) =>
    declaration.resources
      .filter((resource) => resource.custom && resource.name === name)
      .map(({ type }) => type.split(":").pop())
      .sort();

  it("has the model in its archive, may only read and write the uploads, and is in no network", () => {
    const bucket = find(own, "aws:s3/bucket:Bucket", "uploads").outputs;
    assert.deepEqual(variables(own), {
      CORS_ORIGINS: "*",
      MODEL_FILE: "model/model.onnx",
      ORT_DISABLE_TELEMETRY: "1",
      UPLOAD_BUCKET: bucket.bucket,
    });
    assert.deepEqual(statements(own).slice(2), [
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: [`${bucket.arn}/*`] },
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket.arn] },
    ]);
    const { vpcConfig, memorySize } = find(own, FUNCTION, "smoke-segmentation").inputs;
    assert.deepEqual([vpcConfig, memorySize], [undefined, 3008]);
  });

  it("answers on both of its paths", () => {
    const resources = own.resources.filter(
      ({ type, name }) => type === "aws:apigateway/resource:Resource" && name.startsWith("api-smoke"),
    );
    assert.deepEqual(
      resources.map(({ inputs }) => inputs.pathPart),
      ["smoke-segmentation", "uploads"],
    );
  });

  it("may ask exactly the SageMaker endpoint that the setting names, whose ARN is in lower case", () => {
    const { ENDPOINT_NAME, MODEL_FILE } = variables(asked);
    assert.deepEqual([ENDPOINT_NAME, MODEL_FILE], ["Smoke-UNet", undefined]);
    assert.deepEqual(
      statements(asked).filter(({ Action }) => Action.some((action) => action.startsWith("sagemaker:"))),
      [{ Effect: "Allow", Action: ["sagemaker:InvokeEndpoint"], Resource: [ENDPOINT_ARN] }],
    );
  });

  it("reaches SageMaker by an interface endpoint where egress is off", () => {
    assert.deepEqual(named(asked, "smoke-segmentation-sagemaker"), [
      "SecurityGroup",
      "SecurityGroupEgressRule",
      "SecurityGroupIngressRule",
      "VpcEndpoint",
    ]);
    const endpoint = find(asked, "aws:ec2/vpcEndpoint:VpcEndpoint", "smoke-segmentation-sagemaker");
    const { serviceName, vpcEndpointType, privateDnsEnabled, subnetIds, policy } = endpoint.inputs;
    assert.deepEqual(
      [serviceName, vpcEndpointType, privateDnsEnabled],
      ["com.amazonaws.us-east-1.sagemaker.runtime", "Interface", true],
    );
    const { inputs, dependencies } = find(asked, FUNCTION, "smoke-segmentation");
    assert.deepEqual((inputs.vpcConfig as { subnetIds: string[] }).subnetIds, subnetIds);
    assert.ok(dependencies.includes(endpoint.urn), "the function does not wait for its endpoint");
    assert.deepEqual(JSON.parse(String(policy)).Statement, [
      { Effect: "Allow", Principal: "*", Action: "sagemaker:InvokeEndpoint", Resource: ENDPOINT_ARN },
    ]);
  });

  it("reaches SageMaker over the internet where functions do", () => {
    assert.deepEqual(named(withEgress, "smoke-segmentation-sagemaker"), []);
    assert.equal(variables(withEgress).EGRESS, "per-zone");
  });
});
