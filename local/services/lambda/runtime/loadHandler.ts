import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Handler } from "./callHandler";

/**
 * Loads `file.export` (or `folder/file.nested.export`) from the task root as Lambda's Node.js runtime does: CommonJS
 * and ES modules; its errors carry that runtime's names.
 *
 * @param takesCallbacks  Whether the declared runtime calls handlers with a callback.
 */
export async function loadHandler(taskRoot: string, name: string, takesCallbacks: boolean): Promise<Handler> {
  const folder = path.dirname(name);
  const [file, ...exported] = path.basename(name).split(".");
  if (!file || exported.length === 0 || name.includes("..")) {
    throw named("Runtime.MalformedHandlerName", "Bad handler");
  }
  let value: unknown = await loadModule(path.resolve(taskRoot, folder, file), file);
  for (const property of exported) value = (value as Record<string, unknown> | undefined)?.[property];
  if (value === undefined) {
    throw named("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof value !== "function") throw named("Runtime.HandlerNotFound", `${name} is not a function`);
  if (value.length > 2 && !takesCallbacks) {
    throw named(
      "Runtime.CallbackHandlerDeprecated",
      `${name} takes a callback: AWS Lambda has removed callback-based handlers with Node.js 24. Return a promise or make the handler async.`,
    );
  }
  return value as Handler;
}

async function loadModule(base: string, file: string): Promise<Record<string, unknown>> {
  try {
    if (existsSync(`${base}.js`)) {
      return isEsModule(path.dirname(base)) ? await esModule(`${base}.js`) : require(`${base}.js`);
    }
    if (existsSync(`${base}.mjs`)) return await esModule(`${base}.mjs`);
    if (existsSync(`${base}.cjs`)) return require(`${base}.cjs`);
  } catch (error) {
    throw importError(error);
  }
  throw named("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
}

/** A default export that is an object holds the names too, as esbuild's CommonJS interop leaves it. */
async function esModule(file: string): Promise<Record<string, unknown>> {
  return import(process.platform === "win32" ? `file:///${file.replaceAll("\\", "/")}` : file);
}

function isEsModule(folder: string): boolean {
  const description = path.join(folder, "package.json");
  if (existsSync(description)) return JSON.parse(readFileSync(description, "utf8")).type === "module";
  const parent = path.dirname(folder);
  return parent === folder || folder === process.env.LAMBDA_TASK_ROOT ? false : isEsModule(parent);
}

function importError(error: unknown): unknown {
  if (error instanceof SyntaxError) return named("Runtime.UserCodeSyntaxError", String(error), error.stack);
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
    return named("Runtime.ImportModuleError", String(error), (error as Error).stack);
  }
  return error;
}

function named(name: string, message: string, stack?: string): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
