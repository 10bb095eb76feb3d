import path from "node:path";
import type { CardSample } from "../../../functions/shared/card";
import type { EndpointCaller } from "../endpointCaller";
import { endpointCard } from "../endpointCards";
import type { JsonSchema } from "./document";

export const FUNCTIONS = path.resolve(__dirname, "../../../functions");

/** The description of one of an endpoint's paths, which it gives on `GET`. */
export interface PathDescription {
  readonly description: string;
  readonly request: JsonSchema;
  /** Keyed by content type. */
  readonly response: Readonly<Record<string, JsonSchema>>;
  readonly failure: JsonSchema;
  /** Statuses of its own errors. */
  readonly rejects: readonly number[];
  /** Several rows in one request, and the response to them, as JSON. @default one at a time only */
  readonly rows?: { readonly request: JsonSchema; readonly response: JsonSchema };
  /** Media types of a body that is a file, a form's among them. @default every body is JSON */
  readonly file?: { readonly mediaTypes: readonly string[] };
  /** Exchanges that hold. */
  readonly samples: readonly CardSample[];
}

export interface EndpointDescription {
  readonly name: string;
  readonly title: string;
  /** Without a slash at the end. */
  readonly functionUrl: string;
  /** Which of the ways in take signed requests only. */
  readonly signed: { readonly functionUrl: boolean; readonly restApi: boolean };
  /** Keyed by path within the endpoint; the Open Inference Protocol has paths of its own. */
  readonly paths: Readonly<Record<string, PathDescription>>;
  /** The request of an inference, where the endpoint serves the Open Inference Protocol. */
  readonly protocol: { readonly request: JsonSchema; readonly samples: readonly CardSample[] } | undefined;
}

/** The members of the response to `GET` that are read here. */
interface Responses extends Omit<PathDescription, "samples"> {
  readonly paths: readonly string[];
  readonly protocol?: string;
  readonly example: CardSample;
}

/**
 * Asks an endpoint for its schemas, and its card for its samples.
 *
 * @throws Error  One line: it does not answer, or not with a description.
 */
export async function describeEndpoint(
  name: string,
  { functionUrl, apiUrl }: { readonly functionUrl: string; readonly apiUrl: string },
  caller: Pick<EndpointCaller, "get" | "signs">,
): Promise<EndpointDescription> {
  const url = functionUrl.replace(/\/$/, "");
  const { title, samples } = endpointCard(name);
  const root = await ask(caller, `${url}/`);
  const isProtocol = root.protocol !== undefined;
  // Whether the API asks to sign, its first answer says.
  const way = `${apiUrl}/${isProtocol ? "v2" : name}`;
  await (await caller.get(way)).body?.cancel();
  const within = isProtocol ? [] : root.paths;
  const paths = await Promise.all(
    within.map(async (path): Promise<[string, PathDescription]> => {
      const described = path === "/" ? root : await ask(caller, `${url}${path}`);
      const own = samples.filter(
        ({ path: at = "/", answer: response }) => at === path && response.status === 200,
      );
      return [path, { ...described, samples: own.length > 0 ? own : [described.example] }];
    }),
  );
  return {
    name,
    title,
    functionUrl: url,
    signed: { functionUrl: caller.signs(url), restApi: caller.signs(way) },
    paths: Object.fromEntries(paths),
    protocol: isProtocol ? { request: root.request, samples } : undefined,
  };
}

async function ask(caller: Pick<EndpointCaller, "get">, url: string): Promise<Responses> {
  const response = await caller.get(url);
  const text = await response.text();
  if (response.status === 200) return JSON.parse(text) as Responses;
  throw new Error(`GET ${url} answered ${response.status}: ${text.slice(0, 100)}.`);
}
