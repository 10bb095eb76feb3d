import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Declaration, DeclareRequest, EvaluationAnswer } from "./declare";
import { Recorder } from "./recorder";

/**
 * Child process of {@link import("./declare").declare}: one evaluation of the program, since Pulumi's runtime and the
 * program's modules keep their state in the process.
 */
async function evaluate(request: DeclareRequest): Promise<Declaration> {
  const { stackConfig, place: fixed, addresses, firstPreview = false, onlyJudged = false } = request;
  const { project, stack, main, config } = stackConfig;
  const unaddressed: string[] = [];
  recorder = new Recorder(
    {
      ...fixed,
      project,
      stack,
      address(type, name) {
        if (addresses === undefined) return undefined;
        const address = addresses[`${type}::${name}`];
        if (address === undefined) unaddressed.push(`${type}::${name}`);
        return address;
      },
    },
    path.dirname(main),
    { firstPreview, onlyJudged },
  );
  await pulumi.runtime.setMocks(recorder.mocks, project, stack, firstPreview);
  pulumi.runtime.setMockOptions(recorder, project, stack, firstPreview);
  pulumi.runtime.setAllConfig({ ...config });

  const outputs = await pulumi.runtime.runInPulumiStack(async () => require(main));
  // Unknown outputs never resolve.
  const resolved = firstPreview ? {} : await resolve(outputs ?? {});
  // Registrations that nothing awaits are still under way, and so are rejections that nothing handles.
  await pulumi.runtime.disconnect();
  await new Promise(setImmediate);
  if (recorder.failure !== undefined) throw recorder.failure;
  return { resources: recorder.declared, outputs: resolved as Record<string, unknown>, unaddressed };
}

function resolve(value: unknown): Promise<unknown> {
  return new Promise((done) => pulumi.output(value as pulumi.Input<object>).apply(done));
}

let recorder: Recorder | undefined;
let answered = false;

function answer(message: EvaluationAnswer): void {
  if (answered) return;
  answered = true;
  process.send?.(message, () => process.exit());
}

function fail(thrown: unknown): void {
  const error = recorder?.failure ?? thrown;
  answer(error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) });
}

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
process.once("message", (request: DeclareRequest) => {
  evaluate(request).then((declaration) => answer({ declaration }), fail);
});
