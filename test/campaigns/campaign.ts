import fs from "node:fs";
import path from "node:path";
import { boolean, command, UsageError, wholeNumber } from "@paddock/local/command";
import { faults } from "./faults/faults";
import { files } from "./files/files";
import { fuzz } from "./fuzz/fuzz";
import { iam } from "./iam/iam";
import { load } from "./load/load";
import { type CampaignOptions, type CampaignReport, sectionOf, withSection } from "./report";

const DOCUMENT = path.resolve(__dirname, "../../docs/reliability.md");

type Campaign = (options: CampaignOptions) => Promise<CampaignReport>;

const CAMPAIGNS: ReadonlyMap<string, Campaign> = new Map<string, Campaign>([
  ["fuzz", fuzz],
  ["files", files],
  ["iam", iam],
  ["load", load],
  ["faults", faults],
]);

command({
  usage: "npm run campaign -- fuzz|files|iam|load|faults [options]",
  about: `Tries what callers, files, policies, load and faults can do to the stack, and prints what was tried and what broke.
Exit code 1 where anything did.`,
  options: {
    count: wholeNumber([1, 10_000_000], "inputs of fuzz, files or iam", 100_000),
    minutes: wholeNumber([1, 24 * 60], "of load", 15),
    seed: wholeNumber([0, 2 ** 31 - 1], "what the inputs are drawn by", 1),
    write: boolean("writes the report into docs/reliability.md"),
  },
  words: [1, 1],
  async run({ write, ...options }, [name = ""]) {
    const campaign = CAMPAIGNS.get(name);
    if (campaign === undefined) {
      throw new UsageError(`There is no campaign ${name}; there is ${[...CAMPAIGNS.keys()].join(", ")}.`);
    }
    const report = await campaign(options);
    const section = sectionOf(report);
    console.log(section);
    if (write) fs.writeFileSync(DOCUMENT, withSection(fs.readFileSync(DOCUMENT, "utf8"), section));
    // ONNX Runtime's threads and the S3 client's sockets would keep the process.
    process.exit(report.findings.length > 0 ? 1 : 0);
  },
});
