import type * as Grpc from "@grpc/grpc-js";
import type * as Callbacks from "@pulumi/pulumi/proto/callback_grpc_pb";
import {
  type Callback,
  CallbackInvokeRequest,
  type CallbackInvokeResponse,
} from "@pulumi/pulumi/proto/callback_pb";
import {
  type RegisterResourceRequest,
  TransformRequest,
  TransformResourceOptions,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";

/**
 * The transforms of a program, which change resources before they are registered: a resource's own first, then its
 * parents', then the stack's, as in the engine. The program's SDK serves them over gRPC.
 */
export class Transforms {
  readonly #ofStack: Callback[] = [];
  readonly #byUrn = new Map<string, { readonly parent: string; readonly own: readonly Callback[] }>();
  readonly #clients = new Map<string, Callbacks.CallbacksClient>();

  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** Changes a request by all transforms that concern it. */
  async apply(request: RegisterResourceRequest): Promise<void> {
    const own = request.getTransformsList();
    for (const transform of [...own, ...this.#inherited(request.getParent()), ...this.#ofStack]) {
      await this.#applyOne(transform, request);
    }
  }

  /** Keeps a registered resource's transforms for its children. */
  remember(urn: string, request: RegisterResourceRequest): void {
    this.#byUrn.set(urn, { parent: request.getParent(), own: request.getTransformsList() });
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #inherited(urn: string): Callback[] {
    const known = this.#byUrn.get(urn);
    return known ? [...known.own, ...this.#inherited(known.parent)] : [];
  }

  async #applyOne(transform: Callback, request: RegisterResourceRequest): Promise<void> {
    const response = await this.#invoke(transform, toTransformRequest(request));
    request.setObject(response.getProperties());
    const options = response.getOptions();
    if (options === undefined) return;
    if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
    if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
    if (options.hasDeleteBeforeReplace()) {
      request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
    }
    request.setDeletedwith(options.getDeletedWith());
    request.setProvider(options.getProvider() || request.getProvider());
    request.setDependenciesList([
      ...new Set([...request.getDependenciesList(), ...options.getDependsOnList()]),
    ]);
  }

  #invoke(transform: Callback, request: TransformRequest): Promise<TransformResponse> {
    const target = transform.getTarget();
    const client = this.#clients.get(target) ?? openClient(target);
    this.#clients.set(target, client);
    const invocation = new CallbackInvokeRequest();
    invocation.setToken(transform.getToken());
    invocation.setRequest(request.serializeBinary());
    return new Promise((resolve, reject) => {
      client.invoke(invocation, (error, response?: CallbackInvokeResponse) => {
        if (error) reject(new Error(error.details));
        else resolve(TransformResponse.deserializeBinary(response?.getResponse_asU8() ?? new Uint8Array()));
      });
    });
  }
}

/** Few programs have transforms: gRPC is loaded for the first one. */
function openClient(target: string): Callbacks.CallbacksClient {
  const { credentials } = require("@grpc/grpc-js") as typeof Grpc;
  const { CallbacksClient } = require("@pulumi/pulumi/proto/callback_grpc_pb") as typeof Callbacks;
  return new CallbacksClient(target, credentials.createInsecure());
}

function toTransformRequest(request: RegisterResourceRequest): TransformRequest {
  const options = new TransformResourceOptions();
  if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
  options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setDeletedWith(request.getDeletedwith());
  options.setProvider(request.getProvider());
  options.setDependsOnList(request.getDependenciesList());
  const transform = new TransformRequest();
  transform.setType(request.getType());
  transform.setName(request.getName());
  transform.setCustom(request.getCustom());
  transform.setParent(request.getParent());
  transform.setProperties(request.getObject());
  transform.setOptions(options);
  return transform;
}
