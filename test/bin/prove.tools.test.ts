import assert from "node:assert/strict";
import { compareRecordings } from "../../bin/lib/prove/compareRecordings";
import { localPlace } from "../../bin/lib/prove/place";
import { record } from "../../bin/lib/prove/record";
import { freePorts } from "../helpers/cloud/freePorts";
import { describeEngine } from "../helpers/engine/describeEngine";
import { pulumiFolder } from "../helpers/engine/pulumiFolder";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

describeEngine("npm run prove -- --local", () => {
  const workDir = temporaryFolder();

  it("sends every request, finds the same in the same recording, and leaves no stack", async () => {
    const PATH = process.env.PATH;
    process.env.PATH = `${pulumiFolder()}:${PATH}`;
    const place = await localPlace(workDir, await freePorts());
    const steps: string[] = [];
    try {
      const recording = await record(place, { keep: false, onStep: (step) => steps.push(step) });
      const statuses = new Map(recording.observations.map(({ name, status }) => [name, status]));
      assert.ok(statuses.size > 100, `${statuses.size} requests`);
      assert.deepEqual(
        [
          "iris, sample 0, function URL",
          "iris, no body, REST API",
          "open-inference, a pushed model, REST API",
          "S3, an upload of another length, function URL",
          "signed iris, no signature, REST API",
          "signed iris, a signature, function URL",
          "iris, invoked asynchronously",
        ].map((name) => statuses.get(name)),
        [200, 400, 200, 403, 403, 200, 202],
      );
      assert.deepEqual(compareRecordings(recording, recording), []);
      assert.deepEqual(
        recording.measurements.map(({ name, billed }) => [name, billed > 0]),
        ["breast-cancer", "image-validation", "iris", "pricing"].map((name) => [name, true]),
      );
      assert.match(steps.at(-1) ?? "", /^Destroying the stack prove-echo-/);
    } finally {
      process.env.PATH = PATH;
      await place.close();
    }
  });
});
