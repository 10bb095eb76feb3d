import fs from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../process/temporaryFolder";

const ROOT = path.resolve(__dirname, "../../..");

/** A Pulumi program of a few lines, written anew for each step of a test. */
export class TinyProgram {
  readonly folder = temporaryFolder();

  constructor() {
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.folder, "node_modules"), "junction");
    fs.writeFileSync(path.join(this.folder, "package.json"), '{ "name": "tiny" }');
    fs.writeFileSync(
      path.join(this.folder, "Pulumi.yaml"),
      "name: tiny\nmain: index.js\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
  }

  /** @param source  JavaScript that may use `aws`, `pulumi`, `role` and `functionArgs(name)`. */
  write(source: string): void {
    fs.writeFileSync(
      path.join(this.folder, "index.js"),
      `const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const role = new aws.iam.Role("hello", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
const functionArgs = (name) => ({
  role: role.arn, runtime: "nodejs22.x", handler: "index.handler", publish: true, timeout: 60,
  code: new pulumi.asset.FileArchive(__dirname + "/" + name),
});
${source}`,
    );
  }

  /** The code of a function: it answers with this text. */
  writeFunction(name: string, response: string): void {
    const folder = path.join(this.folder, name);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(
      path.join(folder, "index.js"),
      `exports.handler = async () => ({ statusCode: 200, body: ${JSON.stringify(response)} });`,
    );
  }
}
