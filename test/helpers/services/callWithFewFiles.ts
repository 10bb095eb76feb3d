import { closeSync, openSync } from "node:fs";
import { temporaryLambda } from "./temporaryLambda";

/** Prints, as JSON, how a function is called while this process has 0 to 11 files left, and how afterwards. */
async function main(): Promise<void> {
  const lambda = temporaryLambda();
  await lambda.deploy("f", "exports.handler = async () => 'called'");
  const call = () =>
    lambda.call("f").then(
      (result) => (result === "called" ? "called" : "failed"),
      () => "refused",
    );
  // What is loaded once is loaded; a provisioned instance would be used again.
  await call();
  await lambda.deploy("f", "exports.handler = async () => { setImmediate(process.exit); return 'called' }");
  const few: string[] = [];
  for (let left = 0; left < 12; left += 1) {
    const held = takeAll();
    for (const file of held.splice(0, left)) closeSync(file);
    few.push(await call());
    for (const file of held) closeSync(file);
  }
  process.stdout.write(JSON.stringify({ few, afterwards: await call() }));
  await lambda.close();
}

function takeAll(): number[] {
  const files: number[] = [];
  try {
    for (;;) files.push(openSync("/dev/null", "r"));
  } catch {
    return files;
  }
}

void main();
