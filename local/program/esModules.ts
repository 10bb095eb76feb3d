import Module from "node:module";
import { pathToFileURL } from "node:url";

interface Compiled {
  _compile(code: string, filename: string): unknown;
}

let registered = false;

/** Has ES modules in TypeScript loaded, too: by a thread, whose start takes a tenth of a second. */
export function loadEsModules(): void {
  // tsx's own `register` of `tsx/esm/api` does not work in CommonJS; its hooks want some data.
  if (!registered) Module.register(pathToFileURL(require.resolve("tsx/esm")).href, { data: {} });
  registered = true;
}

/** Calls {@link loadEsModules} before a module of the program runs that has an `import()`. */
export function loadEsModulesOnDemand(): void {
  const compiled = Module.prototype as unknown as Compiled;
  const compile = compiled._compile;
  compiled._compile = function (code, filename) {
    if (/\bimport\s*\(/.test(code) && !/[\\/]node_modules[\\/]/.test(filename)) loadEsModules();
    return compile.call(this, code, filename);
  };
}
