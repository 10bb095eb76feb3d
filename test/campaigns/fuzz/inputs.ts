import fc from "fast-check";
import { type EventForm, HTTP_FORMS, type HttpRequest } from "../../helpers/handlers/eventForms";
import type { LoadedEndpoint } from "./loadEndpoints";
import { type Mutation, mutateJson, mutations, oddValue } from "./mutateJson";

/** An input that a handler is invoked with. */
export interface Input {
  readonly way: "function URL" | "REST API" | "odd event" | "direct";
  /** The request, where the event is one of AWS's. */
  readonly request?: HttpRequest;
  readonly event: unknown;
}

const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "post", "", "constructor"];

const ODD_PATHS = [
  "",
  "/",
  "//",
  "/uploads",
  "/uploads/",
  "/../",
  "/%2e%2e/",
  "/constructor",
  "/v2",
  "/v2/models/iris",
  "/v2/models/iris/ready",
  "/v2/models/iris/versions/1/infer",
  "/v2/models/iris/versions/999999999999999999/infer",
  "/v2/models/none/infer",
  "/v2/models/__proto__/infer",
  "/v2/models/echo-fp32",
  "/v2/repository/index",
  `/${"a".repeat(5_000)}`,
];

const ODD_HEADERS: readonly (readonly [string, string])[] = [
  ["content-type", "application/json; charset=utf-16le"],
  ["content-type", "application/json; charset=nonsense"],
  ["content-type", "application/x-www-form-urlencoded"],
  ["content-type", "multipart/form-data; boundary=x"],
  ["content-type", "multipart/form-data"],
  ["content-type", "image/png"],
  ["content-type", "application/octet-stream"],
  ["accept", "application/json"],
  ["accept", "*/*;q=0"],
  ["content-encoding", "gzip"],
  ["content-encoding", "deflate"],
  ["content-encoding", "br"],
  ["inference-header-content-length", "0"],
  ["inference-header-content-length", "10"],
  ["inference-header-content-length", "-1"],
  ["inference-header-content-length", "1e9"],
  ["origin", "null"],
  ["__proto__", "a"],
  ["constructor", "a"],
  ["x-long", "a".repeat(8_000)],
];

/** Changes of a text that is JSON. */
const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat(40),
  insert: fc.oneof(
    fc.constant(""),
    fc.constantFrom("[".repeat(200), "{", "}", '"', ",", "\\", "1e999", "NaN", "\u0000", "9".repeat(100)),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
});

/** The body of a request: JSON whose values were changed most often, a text that was JSON, or bytes. */
function bodyOf(sample: unknown): fc.Arbitrary<string | Buffer | undefined> {
  const text = JSON.stringify(sample);
  const changed = mutations.map((changes) => JSON.stringify(mutateJson(sample, changes)));
  const edited = fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) =>
    edits.reduce((left, { at, remove, insert }) => {
      const start = at % (left.length + 1);
      return left.slice(0, start) + insert + left.slice(start + remove);
    }, text),
  );
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 2, arbitrary: edited },
    { weight: 1, arbitrary: oddValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "", text) },
  );
}

const headers = fc
  .array(fc.constantFrom(...ODD_HEADERS), { maxLength: 3 })
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));

/** Everything that an endpoint may be sent. */
export function inputsOf({ name, samples }: LoadedEndpoint): fc.Arbitrary<Input> {
  const sample = fc.constantFrom(...samples);
  const request = sample.chain(({ path, request }) =>
    fc.record({
      method: fc.oneof({ weight: 12, arbitrary: fc.constant("POST") }, fc.constantFrom(...METHODS)),
      path: fc.oneof({ weight: 8, arbitrary: fc.constant(path) }, fc.constantFrom(...ODD_PATHS)),
      headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, headers),
      body: bodyOf(request),
      base64: fc.boolean(),
    }),
  );
  const http = fc.tuple(fc.constantFrom(...HTTP_FORMS), request);
  const eventOf = (form: EventForm, request: HttpRequest) => form.event(name, request);
  return fc.oneof(
    {
      weight: 8,
      arbitrary: http.map(([form, request]) => ({
        way: form.name as Input["way"],
        request,
        event: eventOf(form, request),
      })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(http, mutations)
        .map(([[form, request], changes]: [[EventForm, HttpRequest], readonly Mutation[]]) => ({
          way: "odd event" as const,
          event: mutateJson(eventOf(form, request), changes),
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .oneof(
          {
            weight: 4,
            arbitrary: fc
              .tuple(sample, mutations)
              .map(([{ request }, changes]) => mutateJson(request, changes)),
          },
          { weight: 1, arbitrary: oddValue },
        )
        .map((event) => ({ way: "direct" as const, event })),
    },
  );
}
