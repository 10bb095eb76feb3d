import { AwsError } from "../../http/awsError";
import { checkOrigin, type Reach } from "../../http/checkHost";
import type { HttpRequest, HttpResponse } from "../../http/message";
import { type Front, type Listening, serve } from "../../http/serve";
import { invokeEndpoint, MAX_PAYLOAD_BYTES } from "./actions/invokeEndpoint";
import type { ModelEndpoint } from "./modelEndpoint";

export interface SageMakerOptions extends Reach {
  /** Twelve digits. */
  readonly accountId: string;
  /** A line about a fault of the local cloud itself. */
  log(line: string): void;
}

/**
 * The SageMaker runtime of the local cloud, as far as asking an endpoint needs it: `InvokeEndpoint` of the SDKs and of
 * `aws sagemaker-runtime` works. The program declares no endpoints, it names one that is there: so they are registered.
 * Signatures are not asked for, so pages of other sites are turned away.
 */
export class SageMakerService {
  readonly #endpoints = new Map<string, ModelEndpoint>();
  #listening: Listening | undefined;
  readonly #options: SageMakerOptions;

  constructor(options: SageMakerOptions) {
    this.#options = options;
  }

  /** Gives the endpoint `name` a model, or another one. */
  register(name: string, endpoint: ModelEndpoint): void {
    this.#endpoints.set(name, endpoint);
  }

  /** Port 0 takes any that is free. */
  async start(port: number): Promise<void> {
    this.#listening = await serve(`http://127.0.0.1:${port}`, this.front);
  }

  /** The parts behind the runtime's address. */
  get front(): Front {
    return {
      name: "sagemaker",
      log: this.#options.log,
      allowedHosts: this.#options.allowedHosts,
      fault: new AwsError("InternalFailure", 500, "The local SageMaker runtime failed; its log says why."),
      reject: (error, _request, requestId) => withRequestId(error.toJson(), requestId),
      handle: async (incoming, body, requestId) => {
        checkOrigin(incoming.headers, this.#options.allowedHosts);
        const request = { ...incoming, ...(await body.read(MAX_PAYLOAD_BYTES)) };
        return withRequestId(await invokeEndpoint(this.#route(request), request), requestId);
      },
    };
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

  #route(request: HttpRequest): ModelEndpoint {
    const [, encoded] = /^\/endpoints\/([^/]+)\/invocations$/.exec(request.rawPath) ?? [];
    if (encoded === undefined || request.method !== "POST") {
      throw new AwsError(
        "UnknownOperationException",
        404,
        "The local SageMaker runtime knows only InvokeEndpoint",
      );
    }
    const name = decode(encoded);
    const endpoint = this.#endpoints.get(name);
    if (endpoint === undefined) {
      throw new AwsError(
        "ValidationError",
        400,
        `Endpoint ${name} of account ${this.#options.accountId} not found.`,
      );
    }
    return endpoint;
  }
}

/** A name that cannot be decoded is no endpoint's. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function withRequestId(response: HttpResponse, requestId: string): HttpResponse {
  return { ...response, headers: [...response.headers, ["x-amzn-RequestId", requestId]] };
}
