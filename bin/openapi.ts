import fs from "node:fs";
import { command, progress, text } from "@paddock/local/command";
import { readRunningCloud } from "@paddock/local/running";
import { EndpointCaller } from "./lib/endpointCaller";
import { describeStack } from "./lib/openapi/describeStack";
import { s3AccessOf } from "./lib/s3AccessOf";
import { dataFolderOf, STACK_OPTIONS, whyNotHere } from "./lib/stackHere";

command({
  usage: "npm run -s openapi -- [options]",
  about: `Prints the OpenAPI 3.1 document of a stack, made of what its endpoints say of themselves: the one that npm start
serves, or a deployed one.`,
  options: {
    out: text("FILE", "writes the document there"),
    outputs: text("FILE", "what `pulumi stack output --json` printed of a deployed stack"),
    ...STACK_OPTIONS,
  },
  notes: `Where the endpoints take only signed requests, they are signed with the credentials that the AWS CLI would take
(environment, AWS_PROFILE, SSO), for the local cloud with its administrator's key.`,
  async run({ out, outputs: file, ...stack }) {
    const dataDir = dataFolderOf(stack);
    const running = file === undefined ? readRunningCloud(dataDir) : undefined;
    const outputs = file === undefined ? running?.outputs : readOutputs(file);
    if (outputs === undefined) {
      throw new Error(`${whyNotHere(stack)}, or give a deployed stack's \`--outputs\`.`);
    }
    progress.step("Asking the endpoints what they say of themselves");
    const document = await describeStack(outputs, new EndpointCaller(s3AccessOf(dataDir, running)));
    progress.end();
    const json = `${JSON.stringify(document, undefined, 2)}\n`;
    if (out === undefined) process.stdout.write(json);
    else fs.writeFileSync(out, json);
  },
});

function readOutputs(file: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file} is not the JSON that \`pulumi stack output --json\` prints.`, { cause });
  }
}
