import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaLimits = resourceRule({
  name: "lambda-limits",
  title: "A function's memory, timeout and /tmp are within Lambda's limits",
  why: "AWS refuses others in the middle of the deployment. Managed Instances have limits of their own.",
  cure: "Set `memorySize` to 128 to 10,240 MB, `timeout` to 1 to 900 s and `ephemeralStorage.size` to 512 to 10,240 MB.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  types: ["aws:lambda/function:Function"],
  limits: { maxMegabytes: 10_240, maxSeconds: 900 },
  check({ props }, { limits: { maxMegabytes, maxSeconds } }) {
    const managed = isSet(props, "capacityProviderConfig");
    const { memorySize = 128, timeout = 3, ephemeralStorage } = props;
    const tmp = ephemeralStorage?.size ?? 512;
    return [
      ...(!managed && (memorySize < 128 || memorySize > maxMegabytes)
        ? [{ found: `${memorySize} MB of memory`, allowed: `128 to ${maxMegabytes} MB` }]
        : []),
      ...(!managed && (timeout < 1 || timeout > maxSeconds)
        ? [{ found: `timeout ${timeout} s`, allowed: `1 to ${maxSeconds} s` }]
        : []),
      ...(tmp < 512 || tmp > maxMegabytes
        ? [{ found: `${tmp} MB of /tmp`, allowed: `512 to ${maxMegabytes} MB` }]
        : []),
    ];
  },
});
