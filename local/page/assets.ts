import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "esbuild";
import { AwsError } from "../http/awsError";
import { type HttpResponse, headerValue, type IncomingRequest } from "../http/message";

const CLIENT = path.join(__dirname, "client");

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

interface Asset {
  readonly path: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

/** A bundle of the client's sources. */
interface Bundle {
  /** Digest of the sources' times; another one means that they have changed. */
  readonly version: string;
  readonly assets: readonly Asset[];
}

/** The page's files: bundled when they are first asked for, and again after a change. Nobody builds anything. */
export class Assets {
  #bundle: Promise<Bundle> | undefined;
  #version: string | undefined;

  async respond({ method, rawPath, headers }: IncomingRequest): Promise<HttpResponse> {
    if (method !== "GET" && method !== "HEAD") {
      throw new AwsError("MethodNotAllowed", 405, "The page's files are read only.", {
        headers: [["allow", "GET, HEAD"]],
      });
    }
    const wanted = rawPath === "/" ? "/index.html" : rawPath;
    const { assets } = await this.#current(wanted === "/index.html");
    const asset = assets.find((each) => each.path === wanted);
    if (asset === undefined) throw new AwsError("NotFound", 404, `The page has no ${rawPath.slice(0, 100)}.`);
    const isZipped = /\bgzip\b/.test(headerValue(headers, "accept-encoding") ?? "");
    return {
      status: 200,
      headers: [
        ["content-type", CONTENT_TYPES[path.extname(wanted)] ?? "application/octet-stream"],
        // Names of bundled files have their hash.
        ["cache-control", /-[A-Z0-9]{8}\./.test(wanted) ? "max-age=31536000, immutable" : "no-cache"],
        ["vary", "accept-encoding"],
        ...(isZipped ? [["content-encoding", "gzip"] as const] : []),
      ],
      body: isZipped ? asset.gzipped : asset.body,
    };
  }

  async #current(mayHaveChanged: boolean): Promise<Bundle> {
    if (this.#bundle === undefined || mayHaveChanged) {
      const version = versionOf(CLIENT);
      if (version !== this.#version) {
        this.#version = version;
        this.#bundle = bundle(version);
        // One that fails is tried again.
        this.#bundle.catch(() => (this.#version = undefined));
      }
    }
    return this.#bundle as Promise<Bundle>;
  }
}

/** Bundles the client: what the first view needs in one file, the rest in chunks that are loaded when they are needed. */
async function bundle(version = ""): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { page: path.join(CLIENT, "index.tsx"), style: path.join(CLIENT, "style.css") },
    outdir: "/assets",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const files = outputFiles.map(({ path: file, contents }) => ({
    path: `/assets/${path.basename(file)}`,
    body: Buffer.from(contents),
  }));
  const entry = (name: string) =>
    files.find(({ path: file }) => file.startsWith(`/assets/${name}-`))?.path ?? "";
  const html = fs
    .readFileSync(path.join(CLIENT, "index.html"), "utf8")
    .replace("page.css", entry("style"))
    .replace("page.js", entry("page"));
  const all = [...files, { path: "/index.html", body: Buffer.from(html) }, icon()];
  return {
    version,
    assets: await Promise.all(
      all.map(async (file) => ({ ...file, gzipped: await promisify(gzip)(file.body) })),
    ),
  };
}

function icon() {
  return { path: "/icon.svg", body: fs.readFileSync(path.join(CLIENT, "icon.svg")) };
}

function versionOf(folder: string): string {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const stats = files.map((file) => `${file} ${fs.statSync(path.join(folder, file)).mtimeMs}`);
  return hash("sha256", stats.join("\n"));
}
