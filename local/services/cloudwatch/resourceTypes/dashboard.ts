import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";

/** A CloudWatch dashboard. */
export const dashboard = defineType<typeof aws.cloudwatch.Dashboard>("aws:cloudwatch/dashboard:Dashboard", {
  properties: {
    dashboardBody: inert("the local cloud draws no dashboards; its page shows requests, logs and functions"),
    dashboardName: required,
    region: served,
  },
  replaceOn: ["dashboardName"],
  check({ dashboardBody }) {
    const body = known(dashboardBody);
    try {
      if (body !== undefined) JSON.parse(body);
    } catch (cause) {
      throw new Error(`\`dashboardBody\` is not JSON: ${(cause as Error).message}`, { cause });
    }
  },
  outputs: ({ dashboardName }, _resource, { accountId }) => ({
    id: dashboardName,
    dashboardArn: preview`arn:aws:cloudwatch::${accountId}:dashboard/${dashboardName}`,
  }),
});
