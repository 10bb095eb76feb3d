import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A CloudWatch log group. */
export const logGroup: LegacyResourceType<Cloud> = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  inputs: [
    "deletionProtectionEnabled",
    "kmsKeyId",
    "logGroupClass",
    "name",
    "namePrefix",
    "region",
    "retentionInDays",
    "skipDestroy",
    "tags",
  ],
  replaceOn: ["name", "namePrefix", "logGroupClass", "region"],
  autoName: { property: "name", maxLength: 512 },
  check(inputs) {
    const days = read.number(inputs, "retentionInDays");
    if (days !== undefined && !retentions.includes(days)) {
      throw new Error(
        `\`retentionInDays\` is ${days}; CloudWatch takes ${retentions.slice(1).join(", ")} and 0 for ever`,
      );
    }
    const name = read.text(inputs, "name");
    if (name !== undefined && !/^[\w./#-]{1,512}$/.test(name)) {
      throw new Error(`\`name\` "${name}" must be 1 to 512 letters, digits and any of _-/.#`);
    }
  },
  outputs(inputs, resource, place) {
    const name = read.text(inputs, "name") ?? resource.name;
    const region = read.text(inputs, "region") ?? place.region;
    return {
      logGroupClass: "STANDARD",
      retentionInDays: 0,
      skipDestroy: false,
      ...inputs,
      id: name,
      name,
      region,
      arn: `arn:aws:logs:${region}:${place.accountId}:log-group:${name}`,
      tagsAll: inputs.tags ?? {},
    };
  },
};
