import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";

const RETENTIONS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const NOT_KEPT = "log lines are printed, and not kept";

/** A CloudWatch log group. */
export const logGroup = defineType<typeof aws.cloudwatch.LogGroup>("aws:cloudwatch/logGroup:LogGroup", {
  properties: {
    deletionProtectionEnabled: served,
    kmsKeyId: inert(NOT_KEPT),
    logGroupClass: inert(NOT_KEPT),
    name: served,
    namePrefix: served,
    region: served,
    retentionInDays: inert(NOT_KEPT),
    skipDestroy: inert(NOT_KEPT),
    tags: inertTags,
  },
  replaceOn: ["name", "namePrefix", "logGroupClass"],
  autoName: { property: "name", maxLength: 512 },
  check({ retentionInDays, name }) {
    const days = known(retentionInDays);
    if (days !== undefined && !RETENTIONS.includes(days)) {
      throw new Error(
        `\`retentionInDays\` is ${days}; CloudWatch takes ${RETENTIONS.slice(1).join(", ")} and 0 for ever`,
      );
    }
    const text = known(name);
    if (text !== undefined && !/^[\w./#-]{1,512}$/.test(text)) {
      throw new Error(`\`name\` "${text}" must be 1 to 512 letters, digits and any of _-/.#`);
    }
  },
  outputs(inputs, resource, place) {
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    return {
      id: name,
      arn: preview`arn:aws:logs:${place.region}:${place.accountId}:log-group:${name}`,
      deletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
      logGroupClass: inputs.logGroupClass ?? "STANDARD",
      name,
      namePrefix: inputs.namePrefix ?? "",
      retentionInDays: inputs.retentionInDays ?? 0,
      skipDestroy: inputs.skipDestroy ?? false,
      tagsAll: inputs.tags ?? {},
    };
  },
  async delete({ outputs: { deletionProtectionEnabled, name } }) {
    if (!deletionProtectionEnabled) return;
    throw new Error(
      `ValidationException: the log group ${name} is protected: set \`deletionProtectionEnabled\` to false first`,
    );
  },
});
