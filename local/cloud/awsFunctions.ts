import type { Placement } from "../resources/declared";
import type { Properties } from "../resources/value";
import { renderPolicyDocument } from "../services/iam/renderPolicyDocument";
import { availabilityZones } from "../services/network/availabilityZones";
import { S3_PREFIX_LIST } from "../services/network/resourceTypes/vpcEndpoint";

/** Answers a function of a provider, as AWS would. */
type ProviderFunction = (inputs: Properties, place: Placement) => Properties;

/** Functions of the provider that the program may call, by token: what AWS would answer in the local cloud's place. */
const FUNCTIONS: Readonly<Record<string, ProviderFunction>> = {
  "aws:index/getRegion:getRegion": (_inputs, { region }) => ({
    id: region,
    name: region,
    region,
    description: region,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, { accountId }) => ({
    id: accountId,
    accountId,
    userId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
  }),
  "aws:index/getPartition:getPartition": (_inputs, { region }) => {
    const [partition, dnsSuffix] = partitionOf(region);
    const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
    return { id: partition, partition, dnsSuffix, reverseDnsPrefix };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_inputs, { region }) => ({
    id: region,
    names: availabilityZones(region).map(({ name }) => name),
    zoneIds: availabilityZones(region).map(({ id }) => id),
    groupNames: [region],
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => {
    const document = renderPolicyDocument(inputs);
    const minifiedJson = JSON.stringify(document);
    return { ...inputs, id: "policy-document", json: JSON.stringify(document, undefined, 2), minifiedJson };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name }, { region }) => ({
    id: S3_PREFIX_LIST,
    arn: `arn:aws:ec2:${region}:aws:prefix-list/${S3_PREFIX_LIST}`,
    name,
    region,
    ownerId: "AWS",
    addressFamily: "IPv4",
    entries: [],
    maxEntries: 0,
    version: 0,
    tags: {},
  }),
};

/** A region's partition, and the domain of its services: https://docs.aws.amazon.com/general/latest/gr/rande.html */
function partitionOf(region: string): readonly [partition: string, dnsSuffix: string] {
  if (region.startsWith("cn-")) return ["aws-cn", "amazonaws.com.cn"];
  if (region.startsWith("us-gov-")) return ["aws-us-gov", "amazonaws.com"];
  return region.startsWith("eusc-") ? ["aws-eusc", "amazonaws.eu"] : ["aws", "amazonaws.com"];
}

/** A provider's function by its token, where the local cloud has it. */
export function awsFunction(token: string): ProviderFunction | undefined {
  return Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token] : undefined;
}

/** @throws Error  A function that the local cloud does not know, by its name. */
export function callAwsFunction(token: string, inputs: Properties, place: Placement): Properties {
  const call = awsFunction(token);
  if (call === undefined) throw new Error(`The local cloud does not know the function ${token}.`);
  return call(inputs, place);
}
