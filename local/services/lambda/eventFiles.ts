import fs from "node:fs";
import path from "node:path";
import { replaceFile } from "../../resources/files";

/** An asynchronous request as it outlives the process. */
export interface KeptEvent {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly requestId: string;
  readonly clientContext?: string | undefined;
  readonly payload: Buffer;
}

/**
 * Asynchronous requests that are not done yet, a file each: Lambda's queue outlives whatever ends, and so does this one
 * when the local cloud is killed.
 */
export class EventFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  keep({ payload, ...event }: KeptEvent): void {
    const kept = { ...event, payload: payload.toString("base64"), at: Date.now() };
    replaceFile(this.#fileOf(event.requestId), JSON.stringify(kept));
  }

  remove(requestId: string): void {
    fs.rmSync(this.#fileOf(requestId), { force: true });
  }

  /** Takes what an earlier process left, the oldest first. A damaged file is one that a full disk cut off. */
  takeAll(): KeptEvent[] {
    const files = fs.existsSync(this.#folder) ? fs.readdirSync(this.#folder) : [];
    const events = files.flatMap((name) => {
      const file = path.join(this.#folder, name);
      try {
        const { payload, ...event } = JSON.parse(fs.readFileSync(file, "utf8"));
        return [{ ...event, payload: Buffer.from(payload, "base64") }];
      } catch {
        return [];
      } finally {
        fs.rmSync(file, { force: true });
      }
    });
    return events.sort((a, b) => a.at - b.at);
  }

  #fileOf(requestId: string): string {
    return path.join(this.#folder, `${requestId}.json`);
  }
}
