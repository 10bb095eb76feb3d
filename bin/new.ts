import fs from "node:fs";
import { command, progress, text, UsageError } from "@paddock/local/command";
import { readRunningCloud } from "@paddock/local/running";
import { SOURCES, type Source } from "./lib/newEndpoint/endpointFiles";
import { newEndpoint } from "./lib/newEndpoint/newEndpoint";
import { dataFolderOf } from "./lib/stackHere";

command({
  usage: "npm run new -- NAME [options]",
  about: `Makes an endpoint: functions/NAME with handler, request schema, model and card, its test, and its line in index.ts.
The schema comes from the model's inputs, the card's sample answer from the model itself.`,
  options: {
    model: text(
      "FILE",
      "ONNX, XGBoost's model.json or model.ubj, LightGBM's model.txt\n(default: the mean of four numbers, until the model is there)",
    ),
    source: text("SOURCE", `where the function finds it: ${SOURCES.join(", ")}`, "bundle"),
    sample: text("JSON", "a request that it answers, or a file with one (default: made up from its inputs)"),
  },
  words: [1, 1],
  async run({ model, source, sample }, [name = ""]) {
    const root = process.cwd();
    const options = { root, name, model, source: sourceOf(source), sample: sample && readSample(sample) };
    progress.step("Asking the model what it takes, and for an answer");
    const { files, card } = await newEndpoint({ ...options, sample: options.sample || undefined });
    progress.end();
    const dataDir = dataFolderOf({ stack: "dev", data: undefined });
    const { apiUrl = "http://127.0.0.1:4100/prod" } = readRunningCloud(dataDir)?.outputs ?? {};
    const [{ request, answer }] = card.samples;
    console.log(`${[...files, "index.ts"].map((file) => `wrote  ${file}`).join("\n")}

npm start serves it, one that runs already at once:
  curl -d '${JSON.stringify(request)}' ${apiUrl}/${name}
  ${answer.body}

npm test -- --grep ${name}    tests it; docs/your-own-model.md goes on from here.`);
  },
});

function sourceOf(source: string): Source {
  const found = SOURCES.find((each) => each === source);
  if (found === undefined) throw new UsageError(`--source must be ${SOURCES.join(", ")}, is "${source}".`);
  return found;
}

function readSample(sample: string): Record<string, unknown> {
  const text = sample.trimStart().startsWith("{") ? sample : read(sample);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new UsageError(`--sample must be a JSON object, or a file with one: ${(cause as Error).message}.`);
  }
}

function read(file: string): string {
  if (!fs.existsSync(file))
    throw new UsageError(`--sample must be a JSON object, or a file with one; there is no ${file}.`);
  return fs.readFileSync(file, "utf8");
}
