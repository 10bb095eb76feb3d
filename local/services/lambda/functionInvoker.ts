import { randomUUID } from "node:crypto";
import path from "node:path";
import { AwsError } from "../../http/awsError";
import { EventFiles, type KeptEvent } from "./eventFiles";
import { EventInvoker, type EventInvokerOptions } from "./eventInvoker";
import type { FunctionConfiguration } from "./functionConfiguration";
import { resolveVersion } from "./functionRecord";
import { FunctionStore } from "./functionStore";
import type { Accepted, InvocationReport, Invoked, InvokeOptions } from "./invocation";
import { rejectLargePayload } from "./payloadLimits";

type InvocationType = Parameters<typeof rejectLargePayload>[1];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export interface MetricsOption {
  /** Called with Lambda's own metrics of an invocation. @default nothing */
  onMetrics?(functionName: string, qualifier: string | undefined, values: Record<string, number>): void;
}

/** Runs functions: the three types of invocation. */
export abstract class FunctionInvoker extends FunctionStore {
  readonly #events: EventInvoker;
  readonly #eventFiles: EventFiles;
  readonly #onMetrics: MetricsOption["onMetrics"];

  constructor(
    options: Omit<EventInvokerOptions, "eventFiles"> &
      MetricsOption &
      ConstructorParameters<typeof FunctionStore>[0] & { readonly dataDir: string },
  ) {
    super(options);
    this.#onMetrics = options.onMetrics;
    this.#eventFiles = new EventFiles(path.join(options.dataDir, "events"));
    this.#events = new EventInvoker({ ...options, eventFiles: this.#eventFiles });
  }

  /**
   * Runs a function; its own failure is a result with `functionError`.
   *
   * @throws AwsError  The service rejects the request.
   */
  async invoke(
    nameOrArn: string,
    qualifier: string | undefined,
    payload: Buffer,
    options: InvokeOptions = {},
  ): Promise<Invoked> {
    const target = this.#accept(nameOrArn, qualifier, payload, "RequestResponse", options);
    const { record, version, event, functionName, qualifier: called } = target;
    const arn = this.functionArn(functionName, called);
    const run = await this.prepare(version.configuration)
      .then(() => record.runner.run(version, arn, event, options))
      .catch((error: unknown) => {
        if (error instanceof AwsError && error.status === 429)
          this.#onMetrics?.(functionName, called, { Throttles: 1 });
        throw error;
      });
    this.#onMetrics?.(functionName, called, {
      Invocations: 1,
      Errors: run.report.error ? 1 : 0,
      Throttles: 0,
      Duration: run.report.durationMs,
    });
    return {
      statusCode: 200,
      payload: run.payload,
      logTail: run.logTail,
      ...(run.report.error && { functionError: "Unhandled" as const }),
      executedVersion: version.version,
      report: run.report,
    };
  }

  /** Invocation type `Event`: takes an event that the function is run with afterwards, again if it fails. */
  async invokeLater(
    nameOrArn: string,
    qualifier: string | undefined,
    payload: Buffer,
    options: InvokeOptions = {},
  ): Promise<Accepted> {
    const target = this.#accept(nameOrArn, qualifier, payload, "Event", options);
    const { record, version, functionName, event } = target;
    this.#events.add({
      record,
      functionArn: this.functionArn(functionName, target.qualifier ?? "$LATEST"),
      qualifier: target.qualifier,
      payload: event,
      requestId: options.requestId ?? randomUUID(),
      clientContext: options.clientContext,
      invoke: async (requestId) => {
        const result = await this.invoke(functionName, target.qualifier, event, { ...options, requestId });
        options.onRun?.(result.report);
        return result;
      },
    });
    return { statusCode: 202, executedVersion: version.version };
  }

  /** Runs the events that were not done when the process before ended, where what they are for is still deployed. */
  async resumeEvents(onRun: (event: KeptEvent, report: InvocationReport) => void): Promise<void> {
    for (const event of this.#eventFiles.takeAll()) {
      const { functionName, qualifier, payload, requestId, clientContext } = event;
      const record = this.functions.get(functionName);
      if (record === undefined || (qualifier && !resolveVersion(record, qualifier))) continue;
      await this.invokeLater(functionName, qualifier, payload, {
        requestId,
        ...(clientContext !== undefined && { clientContext }),
        onRun: (report) => onRun(event, report),
      });
    }
  }

  /** Invocation type `DryRun`: rejects what an invocation would be rejected for, and runs nothing. */
  async dryRun(
    nameOrArn: string,
    qualifier: string | undefined,
    payload: Buffer,
    options: InvokeOptions = {},
  ): Promise<Accepted> {
    const { version } = this.#accept(nameOrArn, qualifier, payload, "DryRun", options);
    return { statusCode: 204, executedVersion: version.version };
  }

  /** Does what comes before a run. @throws AwsError  The function cannot be run now. */
  protected abstract prepare(configuration: FunctionConfiguration): Promise<void>;

  /** Drops events that wait for another attempt; resolves when what runs has ended. */
  protected closeEvents(): Promise<void> {
    return this.#events.close();
  }

  /** The version to run, and the event of the invocation; none is an empty object. @throws AwsError */
  #accept(
    nameOrArn: string,
    qualifier: string | undefined,
    payload: Buffer,
    type: InvocationType,
    { clientContext }: InvokeOptions,
  ) {
    const target = this.resolve(nameOrArn, qualifier, "$LATEST");
    rejectLargePayload(payload, type);
    if (clientContext !== undefined && !isJson(clientContext)) {
      const message = "Client context must be a valid Base64-encoded JSON object.";
      throw new AwsError("InvalidRequestContentException", 400, message);
    }
    return { event: payload.length === 0 ? Buffer.from("{}") : payload, ...target };
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
