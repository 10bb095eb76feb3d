import { type Declared, read } from "@paddock/local/program";

/** The monthly cost of one resource that nobody uses. */
export interface FixedCost {
  /** Logical name. */
  readonly name: string;
  readonly what: string;
  /** US dollars; `undefined` if the price depends on more than the program says. */
  readonly dollars: number | undefined;
}

const HOURS = 730;
const SECONDS = HOURS * 3600;

type Price = (resource: Declared, all: readonly Declared[]) => Omit<FixedCost, "name"> | undefined;

/**
 * List prices of us-east-1 without free tiers and commitments; other regions are up to about a third dearer.
 * @see https://aws.amazon.com/vpc/pricing https://aws.amazon.com/lambda/pricing https://aws.amazon.com/efs/pricing
 *   https://aws.amazon.com/cloudwatch/pricing https://aws.amazon.com/kms/pricing https://aws.amazon.com/privatelink/pricing
 */
const PRICES: Readonly<Record<string, Price>> = {
  "aws:ec2/natGateway:NatGateway": () => ({ what: "NAT gateway", dollars: 0.045 * HOURS }),
  "aws:ec2/eip:Eip": () => ({ what: "public IPv4 address", dollars: 0.005 * HOURS }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ inputs }) => {
    if (inputs.vpcEndpointType !== "Interface") return undefined;
    const zones = read.strings(inputs, "subnetIds")?.length ?? 1;
    return { what: `interface endpoint in ${zones} zones`, dollars: 0.01 * HOURS * zones };
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": ({ inputs }, all) => {
    const fn = all.find(
      ({ type, outputs }) => type === "aws:lambda/function:Function" && outputs.name === inputs.functionName,
    );
    const gigabytes = (read.number(fn?.outputs ?? {}, "memorySize") ?? 128) / 1024;
    const count = read.number(inputs, "provisionedConcurrentExecutions") ?? 0;
    const isArm = read.strings(fn?.outputs ?? {}, "architectures")?.includes("arm64");
    return {
      what: `provisioned concurrency of ${count} × ${gigabytes} GB`,
      dollars: (isArm ? 0.0000033334 : 0.0000041667) * gigabytes * count * SECONDS,
    };
  },
  "aws:efs/fileSystem:FileSystem": ({ inputs }) => {
    const throughput = read.number(inputs, "provisionedThroughputInMibps");
    if (throughput === undefined) return undefined;
    return { what: `provisioned throughput of ${throughput} MiB/s`, dollars: 6 * throughput };
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => ({ what: "alarm", dollars: 0.1 }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": () => ({ what: "composite alarm", dollars: 0.5 }),
  "aws:cloudwatch/dashboard:Dashboard": () => ({ what: "dashboard", dollars: 3 }),
  "aws:kms/key:Key": () => ({ what: "key", dollars: 1 }),
  "aws:sagemaker/endpoint:Endpoint": () => ({ what: "endpoint, by its instances", dollars: undefined }),
};

/** The stack's monthly costs without traffic, the highest first. */
export function fixedCosts(resources: readonly Declared[]): FixedCost[] {
  return resources
    .flatMap((resource) => {
      const cost = PRICES[resource.type]?.(resource, resources);
      return cost ? [{ name: resource.name, ...cost }] : [];
    })
    .sort((a, b) => (b.dollars ?? Number.POSITIVE_INFINITY) - (a.dollars ?? Number.POSITIVE_INFINITY));
}
