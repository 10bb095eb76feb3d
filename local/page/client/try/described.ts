import type { DescribedEndpoint } from "../../apiTypes";
import type { Schema } from "./schema";

/** One path of an endpoint, as it says on `GET`. */
export interface PathDescription {
  readonly request: Schema;
  /** Schemas by content type. */
  readonly response: Readonly<Record<string, Schema>>;
  /** Media types of a body that is a file. @default none */
  readonly fileTypes: readonly string[];
  /** Whether `{"instances": […]}` is taken. */
  readonly hasRows: boolean;
  /** The endpoint's own command line, from which options for signing are taken. */
  readonly curl: string;
}

/** A tensor of the card. */
export interface CardTensor {
  readonly name: string;
  readonly shape?: readonly number[];
  readonly labels?: readonly string[];
  readonly ranges?: readonly (readonly number[])[];
}

export interface Sample {
  readonly title: string;
  /** Within the endpoint. */
  readonly path: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** Path of the file that goes with it, within the endpoint. */
  readonly file?: string;
}

/** An endpoint, as this half of the page reads its description. */
export interface Described {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly isSigned: boolean;
  readonly root: PathDescription;
  /** The path that gives a URL to upload a file to, whose response then fills the root's request. @default none */
  readonly upload?: { readonly path: string; readonly request: Schema; readonly response: Schema };
  /** Whether it serves the Open Inference Protocol. */
  readonly isProtocol: boolean;
  /** The place to upload models to, for the protocol. */
  readonly models?: { readonly bucket: string; readonly key: string; readonly files: readonly string[] };
  readonly samples: readonly Sample[];
  readonly inputs: readonly CardTensor[];
  readonly outputs: readonly CardTensor[];
  /** The rest of the card: origin, licenses, figures, notes. */
  readonly about: About;
}

export interface About {
  readonly origin?: string;
  readonly license?: { readonly model?: string; readonly data?: string };
  readonly metrics?: Readonly<Record<string, number>>;
  readonly notes?: readonly string[];
}

interface Said {
  readonly error?: string;
  readonly description?: string;
  readonly protocol?: string;
  readonly models?: { readonly bucket: string; readonly key: string; readonly files: readonly string[] };
  readonly request?: Schema;
  readonly response?: Readonly<Record<string, Schema>>;
  readonly file?: { readonly mediaTypes?: readonly string[] };
  readonly rows?: string;
  readonly curl?: string;
  readonly example?: Partial<Sample>;
  readonly card?: About & {
    readonly title?: string;
    readonly description?: string;
    readonly samples?: readonly (Omit<Sample, "path" | "title"> & Partial<Sample>)[];
    readonly inputs?: readonly CardTensor[];
    readonly outputs?: readonly CardTensor[];
  };
}

/** Reads what an endpoint says of itself. @throws Error  It does not. */
export function readDescription(endpoint: DescribedEndpoint): Described {
  const said = endpoint.describes["/"] as Said | undefined;
  if (!said || said.error !== undefined || typeof said.request !== "object") {
    throw new Error(
      said?.error ?? "This endpoint does not say on GET what it takes, so there is no form for it.",
    );
  }
  const { card = {} } = said;
  const samples = card.samples ?? (said.example?.request ? [said.example as Sample] : []);
  return {
    name: endpoint.name,
    title: card.title ?? endpoint.name,
    description: card.description ?? said.description ?? "",
    url: (endpoint.functionUrl ?? endpoint.restUrl ?? "").replace(/\/$/, ""),
    isSigned: endpoint.authorization === "AWS_IAM",
    root: readPath(said),
    upload: findUpload(endpoint),
    isProtocol: said.protocol !== undefined,
    models: said.models,
    samples: samples.map((sample, index) => ({
      ...sample,
      title: sample.title ?? `Sample ${index + 1}`,
      path: sample.path ?? "/",
    })),
    inputs: card.inputs ?? [],
    outputs: card.outputs ?? [],
    about: card,
  };
}

function readPath({ request = {}, response = {}, file, rows, curl = "" }: Said): PathDescription {
  return {
    request,
    response,
    fileTypes: (file?.mediaTypes ?? []).filter((type) => !type.startsWith("multipart/")),
    hasRows: rows !== undefined,
    curl,
  };
}

/** A path that gives out presigned URLs: its response has a `url`, and the method to use it with is PUT. */
function findUpload({ describes }: DescribedEndpoint): Described["upload"] {
  for (const [path, description] of Object.entries(describes)) {
    const { request, response } = description as Said;
    const json = response?.["application/json"];
    if (path !== "/" && request && json?.properties?.method?.const === "PUT" && json.properties.url) {
      return { path, request, response: json };
    }
  }
  return undefined;
}
