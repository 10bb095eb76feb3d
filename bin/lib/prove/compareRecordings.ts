import type { Observation, Recording } from "./recording";

/** Something that is different in two runs. */
export interface Difference {
  /** The request. */
  readonly name: string;
  /** `status`, `header x-amzn-errortype`, `body.requestContext.http.method`, or `request` for one that a run lacks. */
  readonly at: string;
  /** `undefined` for what is not there. */
  readonly here: string | undefined;
  readonly there: string | undefined;
  /** Why it is to be expected. @default it is not */
  readonly reason?: string;
}

/** Differences between a local cloud and AWS that are to be expected, by {@link Difference.at}. */
const EXPECTED: readonly (readonly [at: RegExp, reason: string])[] = [
  [/x-forwarded-(port|proto)(\[0\])?$/i, "a local cloud speaks no TLS"],
  [/^header (via|x-amz-cf-id|x-amz-cf-pop|x-cache)$/, "an edge-optimized API is behind CloudFront"],
  [/(via|x-amz-cf-id|cloudfront-[a-z-]+)(\[0\])?$/i, "an edge-optimized API is behind CloudFront"],
];

/** Finds every difference between a run here, on the local cloud, and one there; in the order of the requests. */
export function compareRecordings(
  here: Pick<Recording, "observations">,
  there: Pick<Recording, "observations">,
): Difference[] {
  const byName = new Map(there.observations.map((each) => [each.name, each]));
  const known = new Set(here.observations.map(({ name }) => name));
  return [
    ...here.observations.flatMap((each) => {
      const other = byName.get(each.name);
      return other === undefined
        ? [{ name: each.name, at: "request", here: `status ${each.status}`, there: undefined }]
        : compareObservations(each, other);
    }),
    ...there.observations
      .filter(({ name }) => !known.has(name))
      .map(({ name, status }) => ({ name, at: "request", here: undefined, there: `status ${status}` })),
  ];
}

function compareObservations(here: Observation, there: Observation): Difference[] {
  const mine = new Map(Object.entries(here.headers));
  const theirs = new Map(Object.entries(there.headers));
  const found: Omit<Difference, "name">[] = [
    ...differencesOf("status", here.status, there.status),
    ...[...new Set([...mine.keys(), ...theirs.keys()])]
      .sort()
      .flatMap((header) => differencesOf(`header ${header}`, mine.get(header), theirs.get(header))),
    ...differencesOf("body", parsed(here.body), parsed(there.body)),
  ];
  return found.map((difference) => {
    const [, reason] = EXPECTED.find(([at]) => at.test(difference.at)) ?? [];
    return { name: here.name, ...difference, ...(reason !== undefined && { reason }) };
  });
}

/** A body of JSON is compared member by member. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function differencesOf(at: string, here: unknown, there: unknown): Omit<Difference, "name">[] {
  if (isContainer(here) && isContainer(there) && Array.isArray(here) === Array.isArray(there)) {
    const mine = new Map<string, unknown>(Object.entries(here));
    const theirs = new Map<string, unknown>(Object.entries(there));
    return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) =>
      differencesOf(Array.isArray(here) ? `${at}[${key}]` : `${at}.${key}`, mine.get(key), theirs.get(key)),
    );
  }
  return shown(here) === shown(there) ? [] : [{ at, here: shown(here), there: shown(there) }];
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);
}
