import { endpointCards } from "../endpointCards";
import { measureFunction } from "./measureFunction";
import type { PlaceOfProof } from "./place";
import { invoke, probes } from "./probes";
import type { ProvenStack } from "./provenStack";
import { observation, type Placeholders, type Recording } from "./recording";
import { ThrowAway } from "./throwAway";

/** Requests of a measurement, the first among them. */
const MEASURED_TIMES = 21;

interface RecordOptions {
  /** Leaves the stacks as they are. */
  readonly keep: boolean;
  onStep(text: string): void;
}

/** Deploys the throw-away stacks to a place, sends every request, and removes the stacks. */
export async function record(place: PlaceOfProof, { keep, onStep }: RecordOptions): Promise<Recording> {
  const stacks = await ThrowAway.in(place, onStep);
  try {
    const deployed = await stacks.deploy(onStep);
    const stack: ProvenStack = { ...deployed, access: place.access, lambdaEndpoint: place.lambdaEndpoint };
    onStep("Measuring functions");
    const measurements = await measure(stack);
    onStep("Sending requests");
    const placeholders = placeholdersOf(stack);
    const observations = [];
    for await (const [name, response] of probes(stack)) {
      observations.push(observation(name, response, placeholders));
    }
    return { place: place.name, observations, measurements };
  } finally {
    if (!keep) await stacks.remove(onStep);
  }
}

/** Measures each function that takes its card's sample directly, before any other request. */
async function measure(stack: ProvenStack): Promise<Recording["measurements"]> {
  const names = stack.open.functionNames as Readonly<Record<string, string>>;
  const measurements = [];
  for (const { name, samples } of endpointCards()) {
    if (name === "open-inference" || samples[0]?.path !== undefined) continue;
    const body = JSON.stringify(samples[0]?.request);
    measurements.push(
      await measureFunction(name, MEASURED_TIMES, async () => {
        const { headers } = await invoke(stack, names[name] ?? name, body, { "x-amz-log-type": "Tail" });
        return Buffer.from(headers.get("x-amz-log-result") ?? "", "base64").toString();
      }),
    );
  }
  return measurements;
}

/** A stack's own values: addresses with and without their scheme, names, the account and the region. */
function placeholdersOf(stack: ProvenStack): Placeholders {
  const outputs = Object.entries({ open: stack.open, signed: stack.signed, echo: stack.echo });
  return [
    ...outputs.flatMap(([name, values]) =>
      Object.entries(values).flatMap(([output, value]) => stringsOf(`${name}.${output}`, value)),
    ),
    [stack.access.region, "<region>"],
  ];
}

function stringsOf(name: string, value: unknown): [value: string, placeholder: string][] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => stringsOf(`${name}.${key}`, each));
  }
  if (typeof value !== "string" || value.includes(" ")) return [];
  if (!URL.canParse(value)) return [[value, `<${name}>`]];
  const { host, hostname, origin } = new URL(value);
  const id = hostname.split(".")[0] ?? "";
  return [
    [value.replace(/\/$/, ""), `<${name}>`],
    [origin, `<${name} origin>`],
    [host, `<${name} host>`],
    // The id of an API or a URL, which events have by itself; an address of this machine has none.
    ...(/^\d+$/.test(id) || id === "localhost" ? [] : [[id, `<${name} id>`] as [string, string]]),
  ];
}
