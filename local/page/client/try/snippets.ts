/** A request to an endpoint, to be written in other languages. */
export interface SentRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** In place of `body`: a file of this name. */
  readonly file?: string;
}

/** A request that needs a file to be uploaded before: what the upload responds fills members of the request. */
export interface SentUpload {
  readonly uploadUrl: string;
  readonly url: string;
  readonly file: string;
  /** Name of the member that has the file's name. */
  readonly nameMember: string;
  /** Members that the upload gives. */
  readonly given: readonly string[];
  /** The request's other members. */
  readonly others: Readonly<Record<string, unknown>>;
}

export interface Snippets {
  readonly curl: string;
  readonly python: string;
  readonly javascript: string;
}

/** Characters of JSON that are an argument; Linux takes 128 KiB of one. */
const MAX_ARGUMENT = 30_000;

/** Longer command lines go on in the next line. */
const LINE = 100;

/** @param signing  Options of curl that sign, as the endpoint's own command line has them. */
export function requestSnippets(request: SentRequest, signing = ""): Snippets {
  return { curl: curl(request, signing), python: python(request), javascript: javascript(request) };
}

/** The options that sign, of a command line that an endpoint gives; empty where it signs nothing. */
export function signingOptions(commandLine: string): string {
  return /^curl (--aws-sigv4 .*?) (?:-d|-H 'content-type)/.exec(commandLine)?.[1] ?? "";
}

function curl({ method, url, headers, body, file }: SentRequest, signing: string): string {
  const json = body === undefined ? "" : JSON.stringify(body);
  const isPiped = json.length > MAX_ARGUMENT;
  const options = [
    ...(signing ? [signing] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(file === undefined ? [] : [`--data-binary ${quote(`@${file}`)}`]),
    ...(body === undefined ? [] : [`-d ${isPiped ? "@-" : quote(json)}`]),
    ...(method === "POST" && body === undefined && file === undefined ? ["-X POST"] : []),
  ];
  const words = ["curl", ...options, quote(url)];
  const line = words.join(" ");
  const command = line.length <= LINE ? line : words.join(" \\\n  ");
  return isPiped ? `${command} <<'JSON'\n${json}\nJSON` : command;
}

/** For a shell: in single quotes, which nothing but themselves ends. */
export function quote(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function python({ method, url, headers, body, file }: SentRequest): string {
  const given = Object.keys(headers).length > 0 ? [`headers=${toPython(headers)}`] : [];
  const sent = body === undefined ? [] : [`json=${toPython(body)}`];
  const call = (more: readonly string[], indent = "") =>
    [
      `response = requests.${method.toLowerCase()}(`,
      ...[`"${url}"`, ...more].map((each) => `    ${each},`),
      ")",
    ]
      .map((line) => indent + line)
      .join("\n");
  const request =
    file === undefined
      ? call([...given, ...sent])
      : `with open(${JSON.stringify(file)}, "rb") as file:\n${call([...given, "data=file"], "    ")}`;
  return `import requests\n\n${request}\nprint(response.text)\nresponse.raise_for_status()`;
}

function javascript({ method, url, headers, body, file }: SentRequest): string {
  const options = [
    `method: "${method}"`,
    ...(Object.keys(headers).length > 0 ? [`headers: ${JSON.stringify(headers)}`] : []),
    ...(file === undefined ? [] : ["body: await openAsBlob(file)"]),
    ...(body === undefined ? [] : [`body: JSON.stringify(${JSON.stringify(body)})`]),
  ];
  const opened =
    file === undefined
      ? ""
      : `import { openAsBlob } from "node:fs";\n\nconst file = ${JSON.stringify(file)};\n`;
  return `${opened}const response = await fetch("${url}", {
${options.map((option) => `  ${option},`).join("\n")}
});
if (!response.ok) throw new Error(await response.text());
console.log(await response.text());`;
}

/** A value of JSON as Python writes it. */
export function toPython(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(toPython).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${toPython(member)}`,
  );
  return `{${members.join(", ")}}`;
}

export function uploadSnippets(upload: SentUpload, signing = ""): Snippets {
  const { uploadUrl, url, file, nameMember, given, others } = upload;
  const asked = { [nameMember]: file };
  const sign = signing ? `${signing} ` : "";
  const filter = `{${[...given, ...Object.entries(others).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)].join(", ")}}`;
  const members = given.map((name) => `${JSON.stringify(name)}: upload[${JSON.stringify(name)}]`);
  const rest = (write: (value: unknown) => string) =>
    Object.entries(others).map(([name, value]) => `${JSON.stringify(name)}: ${write(value)}`);
  return {
    curl: `upload=$(curl -s ${sign}-d ${quote(JSON.stringify(asked))} ${quote(uploadUrl)})
curl --upload-file ${quote(file)} "$(printf %s "$upload" | jq -r .url)"
curl ${sign}-d "$(printf %s "$upload" | jq -c ${quote(filter)})" ${quote(url)}`,
    python: `import requests

upload = requests.post("${uploadUrl}", json=${toPython(asked)}).json()
with open(${JSON.stringify(file)}, "rb") as file:
    requests.put(upload["url"], data=file).raise_for_status()
response = requests.post("${url}", json={${[...members, ...rest(toPython)].join(", ")}})
print(response.text)
response.raise_for_status()`,
    javascript: `import { openAsBlob } from "node:fs";

const post = (url, body) => fetch(url, { method: "POST", body: JSON.stringify(body) });
const upload = await (await post("${uploadUrl}", ${JSON.stringify(asked)})).json();
await fetch(upload.url, { method: "PUT", body: await openAsBlob(${JSON.stringify(file)}) });
const response = await post("${url}", { ${[...members, ...rest((value) => JSON.stringify(value))].join(", ")} });
if (!response.ok) throw new Error(await response.text());
console.log(await response.text());`,
  };
}
