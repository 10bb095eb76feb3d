import { cut } from "../shared/shown";
import type { Batch } from "./batchKey";
import type { Called } from "./callFunction";
import { type EndpointDescription, jsonTarget } from "./jsonTarget";
import { type ModelMetadata, protocolTarget } from "./protocolTarget";
import { BadFile } from "./rawRow";
import type { Target } from "./target";

/**
 * Asks an endpoint what it takes: it describes itself, so that nothing is configured here.
 *
 * @param get       Asks the endpoint for a path.
 * @throws BadFile  The endpoint cannot be asked for this batch.
 */
export async function openTarget(
  { endpoint, model }: Batch,
  get: (path: string) => Promise<Called>,
): Promise<Target> {
  const description = (await ask(get, "/")) as EndpointDescription;
  if (description.protocol === undefined) {
    if (model === undefined) return jsonTarget(description);
    throw new BadFile(
      `The endpoint ${endpoint} has no models by name: put the file into batches/${endpoint}/in/`,
    );
  }
  if (model === undefined) {
    throw new BadFile(
      `The endpoint ${endpoint} needs a model: put the file into batches/${endpoint}/MODEL/in/`,
    );
  }
  return protocolTarget(model, (await ask(get, `/v2/models/${model}`)) as ModelMetadata);
}

async function ask(get: (path: string) => Promise<Called>, path: string): Promise<unknown> {
  const { status, body } = await get(path);
  if (status === 200) return JSON.parse(body);
  const reason = `GET ${path} answered ${status}: ${cut(body)}`;
  // The model may be there when Lambda tries the event again.
  throw status >= 500 || status === 429 ? new Error(reason) : new BadFile(reason);
}
