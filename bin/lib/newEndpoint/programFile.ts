import fs from "node:fs";

/** The place in `index.ts` that lists the endpoints. */
const ENDPOINTS = /^const endpoints = \[\n[\s\S]*?^\];$/m;

/** First segments of the REST API's paths that other endpoints have beside their names. */
function pathsOf(source: string): string[] {
  return [...source.matchAll(/paths:\s*\[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/"([^"/]+)/g)].map(([, segment = ""]) => segment),
  );
}

/** The stack's program, as far as endpoints are added to it. */
export class ProgramFile {
  readonly #file: string;
  readonly #source: string;

  /** @throws Error  There is no such file, or it has no list of endpoints. */
  constructor(file: string) {
    this.#file = file;
    if (!fs.existsSync(file))
      throw new Error(`There is no ${file}: run the command in the project's folder.`);
    this.#source = fs.readFileSync(file, "utf8");
    if (!ENDPOINTS.test(this.#source)) {
      throw new Error(`${file} has no list \`const endpoints = [ … ];\` to add the endpoint to: make one.`);
    }
  }

  /** Whether an endpoint has this name, or a path that begins with it. */
  has(name: string): boolean {
    return this.#source.includes(`new Endpoint("${name}"`) || pathsOf(this.#source).includes(name);
  }

  /** Adds a line at the end of the list. */
  add(line: string): void {
    const added = this.#source.replace(ENDPOINTS, (list) => list.replace(/\];$/, () => `${line}];`));
    fs.writeFileSync(this.#file, added);
  }
}
