import type { Placement } from "../resources/declared";
import type { Properties } from "../resources/value";

/** Functions of the provider that the program may call, by token: what AWS would answer in the local cloud's place. */
const FUNCTIONS: Readonly<Record<string, (inputs: Properties, place: Placement) => Properties>> = {
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
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_inputs, { region }) => ({
    id: region,
    names: ["a", "b", "c"].map((zone) => region + zone),
    zoneIds: ["az1", "az2", "az3"],
    groupNames: [region],
  }),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name }, { region }) => ({
    // S3's in us-east-1; nothing here looks at its addresses.
    id: "pl-63a5400a",
    arn: `arn:aws:ec2:${region}:aws:prefix-list/pl-63a5400a`,
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

/** @throws Error  A function that the local cloud does not know, by its name. */
export function callAwsFunction(token: string, inputs: Properties, place: Placement): Properties {
  const call = FUNCTIONS[token];
  if (call === undefined) throw new Error(`The local cloud does not know the function ${token}.`);
  return call(inputs, place);
}
