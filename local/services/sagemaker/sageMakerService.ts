import { randomUUID } from "node:crypto";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../../http/httpMessage";
import { type Listening, listen } from "../../http/listen";
import { invokeEndpoint, MAX_PAYLOAD_BYTES } from "./actions/invokeEndpoint";
import type { ModelEndpoint } from "./modelEndpoint";
import { SageMakerError } from "./sageMakerError";

export interface SageMakerOptions {
  /** Twelve digits. */
  readonly accountId: string;
}

/**
 * The SageMaker runtime of the local cloud, as far as asking an endpoint needs it: `InvokeEndpoint` of the SDKs and of
 * `aws sagemaker-runtime` works. The program declares no endpoints, it names one that is there: so they are registered.
 * Signatures are not asked for: whoever reaches 127.0.0.1 owns the local cloud.
 */
export class SageMakerService {
  readonly #endpoints = new Map<string, ModelEndpoint>();
  #listening: Listening | undefined;

  constructor(private readonly options: SageMakerOptions) {}

  /** Gives the endpoint `name` a model, or another one. */
  register(name: string, endpoint: ModelEndpoint): void {
    this.#endpoints.set(name, endpoint);
  }

  /** Port 0 takes any that is free. */
  async start(port: number): Promise<void> {
    this.#listening = await listen(`http://127.0.0.1:${port}`, MAX_PAYLOAD_BYTES, (request) =>
      this.#answer(request),
    );
  }

  /** `http://127.0.0.1:port` */
  get address(): string {
    if (!this.#listening) throw new Error("The local SageMaker runtime is not started: call `start` first.");
    return this.#listening.address;
  }

  /** Nothing to do where it is not started. */
  async close(): Promise<void> {
    await this.#listening?.close();
    this.#listening = undefined;
  }

  async #answer(request: HttpRequest): Promise<HttpAnswer> {
    const requestId = ["x-amzn-RequestId", randomUUID()] as const;
    try {
      const { headers, ...answer } = await invokeEndpoint(this.#route(request), request);
      return { ...answer, headers: [...headers, requestId] };
    } catch (error) {
      const { code, statusCode, message, details } =
        error instanceof SageMakerError ? error : new SageMakerError("InternalFailure", 500, String(error));
      return jsonAnswer(statusCode, { Message: message, ...details }, [
        ["x-amzn-ErrorType", code],
        requestId,
      ]);
    }
  }

  #route(request: HttpRequest): ModelEndpoint {
    const [, encoded] = /^\/endpoints\/([^/]+)\/invocations$/.exec(request.rawPath) ?? [];
    if (encoded === undefined || request.method !== "POST") {
      throw new SageMakerError(
        "UnknownOperationException",
        404,
        "The local SageMaker runtime knows InvokeEndpoint alone",
      );
    }
    const name = decodeURIComponent(encoded);
    const endpoint = this.#endpoints.get(name);
    if (endpoint === undefined) {
      throw new SageMakerError(
        "ValidationError",
        400,
        `Endpoint ${name} of account ${this.options.accountId} not found.`,
      );
    }
    return endpoint;
  }
}
