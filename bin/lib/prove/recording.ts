/** One request of a run and what came back, in a form in which two runs can be compared. */
export interface Observation {
  readonly name: string;
  readonly status: number;
  /** Keyed by name in lower case; values without what is different each time. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without what is different each time. */
  readonly body: string;
}

/** How long a function took, by the REPORT lines of Lambda. */
export interface Measurement {
  readonly name: string;
  /** MB. */
  readonly memorySize: number;
  /** MB, the most of all requests. */
  readonly maxMemoryUsed: number;
  /** ms to load the handler; `undefined` if no instance was started for it. */
  readonly init: number | undefined;
  /** ms of the first request, and the median of the others. */
  readonly first: number;
  readonly warm: number;
  /** ms, the median of the others. */
  readonly billed: number;
}

/** Everything that one run of `npm run prove` saw. */
export interface Recording {
  /** Names the place, e.g. `AWS, eu-central-1`. */
  readonly place: string;
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
}

/** Placeholders for a stack's own values in a recording, e.g. `<open.apiUrl>` for the address of its API. */
export type Placeholders = readonly (readonly [value: string, placeholder: string])[];

/** Headers of the connection, and those that count or date a response. */
const NOT_COMPARED = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/** Headers that name a request or a version of an object. */
const IDS = new Set(["x-amz-apigw-id", "x-amz-id-2", "x-amz-request-id", "x-amz-version-id"]);

/** Values that are different each time, whatever the stack. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<uuid>"],
  [/\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/g, "<trace>"],
  [/(Parent|Self)=[0-9a-f-]+/g, "$1=<trace>"],
  [/Lineage=[^;"]+/g, "Lineage=<trace>"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>"],
  [/\b\d{8}T\d{6}Z\b/g, "<time>"],
  [/\b\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/g, "<time>"],
  // A number, in JSON: with quotation marks it stays JSON.
  [/(?<=:)1[6-9]\d{11}\b/g, '"<time>"'],
  [/\b20\d{6}(?=\/)/g, "<date>"],
  [/X-Amz-(Signature|Credential|Security-Token)=[^&"]+/g, "X-Amz-$1=<signature>"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "<ip>"],
  [/\b[0-9a-f]{64}\b/g, "<sha256>"],
  [/\b\d{12}\b/g, "<account>"],
  [/\b[a-z0-9]{10,32}\.(lambda-url|execute-api)\./g, "<id>.$1."],
  [/"(apiId|deploymentId|domainPrefix|extendedRequestId|resourceId)":"[^"]+"/g, '"$1":"<id>"'],
  [
    /<(AWSAccessKeyId|CanonicalRequestBytes|HostId|RequestId|SignatureProvided|StringToSignBytes)>[^<]+/g,
    "<$1>…",
  ],
];

/** Puts placeholders in place of a stack's own values, and of what is different each time. */
function generalize(text: string, placeholders: Placeholders): string {
  const own = [...placeholders].filter(([value]) => value !== "").sort(([a], [b]) => b.length - a.length);
  const replaced = own.reduce((all, [value, placeholder]) => all.replaceAll(value, placeholder), text);
  return CHANGING.reduce((all, [pattern, placeholder]) => all.replace(pattern, placeholder), replaced);
}

export function observation(
  name: string,
  { status, headers, body }: { readonly status: number; readonly headers: Headers; readonly body: string },
  placeholders: Placeholders,
): Observation {
  const compared = [...headers].filter(([header]) => !NOT_COMPARED.has(header));
  return {
    name,
    status,
    headers: Object.fromEntries(
      compared.map(([header, value]) => [header, IDS.has(header) ? "<id>" : generalize(value, placeholders)]),
    ),
    body: generalize(body, placeholders),
  };
}
