import assert from "node:assert/strict";
import { declareStack } from "../helpers/declareStack";

const CURE = "Change it with `pulumi config set` or in Pulumi.dev.yaml.";

describe("a wrong setting", () => {
  const wrong: [string, string, string][] = [
    ["platform", "vm", "one of lambda, host"],
    ["architecture", "mips", "one of arm64, x86_64"],
    ["memorySize", "4096", "a whole number from 128 to 3008"],
    ["timeout", "30.5", "a whole number from 1 to 29"],
    ["tracing", "yes", "one of true, false"],
    ["functionUrlAuth", "none", "one of AWS_IAM, NONE"],
    ["accessLogs", "always", "one of off, on, on-with-account-role"],
    ["corsOrigins", '["example.com"]', 'a list of origins such as ["https://example.com"], or ["*"]'],
    ["dataBucket", "Not_A_Bucket", "a bucket's name, or empty"],
    ["modelPath", "model.onnx", "the key of a model.tar.gz, or empty"],
    ["corsOrigins", "*", 'a list of origins such as ["https://example.com"], or ["*"]'],
  ];
  for (const [key, value, allowed] of wrong) {
    it(`fails with one line: ${key} = ${value}`, async () => {
      await assert.rejects(declareStack({ [key]: value }), {
        message: `Setting \`paddock:${key}\` is ${JSON.stringify(value)}; it must be ${allowed}. ${CURE}`,
      });
    });
  }
});
