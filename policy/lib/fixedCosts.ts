import { PRICES } from "./prices";

/** The monthly cost of one resource that nobody uses. */
export interface FixedCost {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly what: string;
  /** US dollars; `undefined` if the price depends on more than the program says. */
  readonly dollars: number | undefined;
}

/** A resource with what its price depends on: its outputs, inputs among them. */
export interface PricedResource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

const HOURS = 730;
const SECONDS = HOURS * 3600;

type Price = (
  resource: PricedResource,
  all: readonly PricedResource[],
) => Omit<FixedCost, "name" | "type"> | undefined;

const FIXED: Readonly<Record<string, Price>> = {
  "aws:ec2/natGateway:NatGateway": () => ({ what: "NAT gateway", dollars: PRICES.natGatewayHour * HOURS }),
  "aws:ec2/eip:Eip": () => ({ what: "public IPv4 address", dollars: PRICES.publicAddressHour * HOURS }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ props }) => {
    if (props.vpcEndpointType !== "Interface") return undefined;
    const zones = Array.isArray(props.subnetIds) ? props.subnetIds.length : 1;
    return {
      what: `interface endpoint in ${zones} zones`,
      dollars: PRICES.interfaceEndpointHour * HOURS * zones,
    };
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": ({ props }, all) => {
    const fn = all.find(
      (one) => one.type === "aws:lambda/function:Function" && one.props.name === props.functionName,
    );
    const gigabytes = numberOf(fn?.props.memorySize, 128) / 1024;
    const count = numberOf(props.provisionedConcurrentExecutions, 0);
    return {
      what: `provisioned concurrency of ${count} × ${gigabytes} GB`,
      dollars:
        PRICES.lambda.provisionedGigabyteSecond[architectureOf(fn?.props.architectures)] *
        gigabytes *
        count *
        SECONDS,
    };
  },
  "aws:efs/fileSystem:FileSystem": ({ props }) => {
    // Before the first deployment an output that the program left out is not known.
    if (props.throughputMode !== "provisioned") return undefined;
    const throughput = numberOf(props.provisionedThroughputInMibps, 0);
    return {
      what: `provisioned throughput of ${throughput} MiB/s`,
      dollars: PRICES.efsProvisionedMibps * throughput,
    };
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => ({ what: "alarm", dollars: PRICES.alarm }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": () => ({
    what: "composite alarm",
    dollars: PRICES.compositeAlarm,
  }),
  "aws:cloudwatch/dashboard:Dashboard": () => ({ what: "dashboard", dollars: PRICES.dashboard }),
  "aws:kms/key:Key": () => ({ what: "key", dollars: PRICES.key }),
  "aws:sagemaker/endpoint:Endpoint": () => ({ what: "endpoint, by its instances", dollars: undefined }),
  "aws:wafv2/webAcl:WebAcl": ({ props: { rules } }) => {
    const count = Array.isArray(rules) ? rules.length : 0;
    return {
      what: `web ACL with ${count} rules`,
      dollars: PRICES.webAcl + PRICES.webAclRule * count,
    };
  },
};

/** The costs of a stack in a month without traffic, dearest first. */
export function fixedCosts(resources: readonly PricedResource[]): FixedCost[] {
  return resources
    .flatMap((resource) => {
      const price = Object.hasOwn(FIXED, resource.type) ? FIXED[resource.type] : undefined;
      const cost = price?.(resource, resources);
      return cost ? [{ type: resource.type, name: resource.name, ...cost }] : [];
    })
    .sort((a, b) => (b.dollars ?? Number.POSITIVE_INFINITY) - (a.dollars ?? Number.POSITIVE_INFINITY));
}

/** Lambda's default is x86_64. */
export function architectureOf(architectures: unknown): "arm64" | "x86_64" {
  return Array.isArray(architectures) && architectures.includes("arm64") ? "arm64" : "x86_64";
}

function numberOf(value: unknown, byDefault: number): number {
  return typeof value === "number" ? value : byDefault;
}
