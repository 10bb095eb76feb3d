import { resourceRule } from "../../lib/rule";

export const costEfsThroughput = resourceRule({
  name: "cost-efs-throughput",
  title: "A file system's throughput is not provisioned",
  why: "It is paid by the hour, used or not: 1,024 MiB/s are about 200 USD a day, a bill that users of AWS's own sample got.",
  cure: "Set `throughputMode` to elastic (leave `paddock:volumeThroughput` unset), or make an exception by name.",
  severity: "high",
  tier: "advice",
  url: "https://docs.aws.amazon.com/efs/latest/ug/managing-throughput.html",
  types: ["aws:efs/fileSystem:FileSystem"],
  check({ props: { throughputMode, provisionedThroughputInMibps } }) {
    if (throughputMode !== "provisioned") return undefined;
    return { found: `${provisionedThroughputInMibps} MiB/s provisioned`, allowed: "elastic" };
  },
});
