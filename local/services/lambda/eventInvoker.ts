import { AwsError } from "../../http/awsError";
import type { EventFiles } from "./eventFiles";
import { type Attempt, EventQueue } from "./eventQueue";
import type { FunctionRecord } from "./functionRecord";
import type { Invoked, LogLine } from "./invocation";
import { type DiscardedEvent, invocationRecord } from "./invocationRecord";
import type { RecordStore } from "./recordStore";

export interface EventInvokerOptions {
  /** ms before the first, second, … retry. */
  readonly retryDelaysMs: readonly number[];
  readonly records: RecordStore;
  /** Keeps requests until they are done. */
  readonly eventFiles: EventFiles;
  onLog(line: LogLine): void;
}

/** An asynchronous request, taken and not yet worked on. */
export interface EventRequest {
  readonly record: FunctionRecord;
  /** The ARN with its qualifier; `$LATEST` if none was asked for. */
  readonly functionArn: string;
  readonly qualifier: string | undefined;
  readonly payload: Buffer;
  /** All attempts are one request: the id in the log is that of the record. */
  readonly requestId: string;
  readonly clientContext?: string | undefined;
  /** Runs the function, once. */
  invoke(requestId: string): Promise<Invoked>;
}

/** Asynchronous requests: tried again as the function's configuration says, those that fail kept where it says. */
export class EventInvoker {
  readonly #options: EventInvokerOptions;
  readonly #queue: EventQueue;

  constructor(options: EventInvokerOptions) {
    this.#options = options;
    this.#queue = new EventQueue(options.retryDelaysMs);
  }

  add({ record, functionArn, qualifier, payload, requestId, clientContext, invoke }: EventRequest): void {
    const { eventFiles } = this.#options;
    const { functionName } = record.latest.configuration;
    eventFiles.keep({ functionName, qualifier, requestId, clientContext, payload });
    const config = record.eventInvokeConfigs.get(qualifier ?? "$LATEST");
    let response: DiscardedEvent["response"];
    this.#queue.add({
      maximumRetryAttempts: config?.maximumRetryAttempts ?? 2,
      maximumEventAgeInSeconds: config?.maximumEventAgeInSeconds ?? 21_600,
      attempt: async (): Promise<Attempt> => {
        try {
          response = await invoke(requestId);
          return response.functionError === undefined ? "done" : "failed";
        } catch (error) {
          if (!(error instanceof AwsError && error.status === 429)) throw error;
          if (record.runner.scheduler.reservedConcurrency === 0) return "refused";
          response = { statusCode: 429 };
          return "throttled";
        }
      },
      done: () => eventFiles.remove(requestId),
      discard: async (condition, approximateInvokeCount) => {
        if (config?.onFailure === undefined) return;
        const event = { requestId, functionName, functionArn, condition, approximateInvokeCount };
        await this.#keep(record, config.onFailure, { ...event, requestPayload: payload, response });
      },
    });
  }

  /** Drops what waits for another attempt; resolves when what runs has ended. */
  close(): Promise<void> {
    return this.#queue.close();
  }

  async #keep({ latest }: FunctionRecord, bucketArn: string, event: DiscardedEvent): Promise<void> {
    const { functionName, role } = latest.configuration;
    const record = invocationRecord(event);
    const log = (line: string) =>
      this.#options.onLog({ functionName, version: latest.version, source: "platform", line });
    try {
      await this.#options.records.put(role, bucketArn, record);
      log(`${event.condition} RequestId: ${event.requestId} Record: ${bucketArn}/${record.key}`);
    } catch (error) {
      // Lambda counts these, and nothing else comes of it.
      log(`DestinationDeliveryFailures RequestId: ${event.requestId} Error: ${(error as Error).message}`);
    }
  }
}
