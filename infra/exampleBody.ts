import fs from "node:fs";
import path from "node:path";
import { BUILD_DIR, PROJECT_ROOT } from "./packaging/paths";

/** Longer bodies do not fit a terminal: images in base64, say. */
const MAX_LENGTH = 200;

/**
 * A request's body as an argument of curl's `-d`: in quotes, or from a file in the build folder.
 *
 * @param name  The endpoint's.
 */
export function exampleBody(name: string, request: unknown): string {
  const body = JSON.stringify(request);
  if (body.length <= MAX_LENGTH) return `'${body}'`;
  const file = path.join(BUILD_DIR, "examples", `${name}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, body);
  return `@${path.relative(PROJECT_ROOT, file).split(path.sep).join("/")}`;
}
