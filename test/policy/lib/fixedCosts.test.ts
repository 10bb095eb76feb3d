import assert from "node:assert/strict";
import { fixedCosts, type PricedResource } from "../../../policy/lib/fixedCosts";

describe("fixedCosts", () => {
  it("prices what costs without traffic, dearest first", () => {
    const costs = fixedCosts([
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", "errors"),
      resource("aws:ec2/natGateway:NatGateway", "nat"),
      resource("aws:ec2/eip:Eip", "nat"),
      resource("aws:efs/fileSystem:FileSystem", "models", {
        throughputMode: "provisioned",
        provisionedThroughputInMibps: 10,
      }),
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", {
        vpcEndpointType: "Interface",
        subnetIds: ["a", "b"],
      }),
    ]);
    assert.deepEqual(
      costs.map(({ name, what, dollars }) => `${name}: ${what}, ${dollars?.toFixed(2)}`),
      [
        "models: provisioned throughput of 10 MiB/s, 60.00",
        "nat: NAT gateway, 32.85",
        "logs: interface endpoint in 2 zones, 14.60",
        "nat: public IPv4 address, 3.65",
        "errors: alarm, 0.10",
      ],
    );
  });

  it("prices provisioned concurrency by the memory and the architecture of its function", () => {
    const fn = (architecture: string) =>
      resource("aws:lambda/function:Function", "iris", {
        name: "iris-1",
        memorySize: 2048,
        architectures: [architecture],
      });
    const provisioned = resource(
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
      "iris",
      {
        functionName: "iris-1",
        provisionedConcurrentExecutions: 3,
      },
    );
    const price = (architecture: string) => fixedCosts([fn(architecture), provisioned])[0];
    assert.equal(price("arm64")?.what, "provisioned concurrency of 3 × 2 GB");
    assert.equal(price("arm64")?.dollars?.toFixed(2), "52.56");
    assert.equal(price("x86_64")?.dollars?.toFixed(2), "65.70");
  });

  it("finds no fixed cost in what is only paid by use", () => {
    const gateway = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { vpcEndpointType: "Gateway" });
    const files = resource("aws:efs/fileSystem:FileSystem", "models", { throughputMode: "elastic" });
    assert.deepEqual(fixedCosts([gateway, files, resource("aws:lambda/function:Function", "iris")]), []);
  });
});

function resource(type: string, name: string, props: PricedResource["props"] = {}): PricedResource {
  return { type, name, props };
}
