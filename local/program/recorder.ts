import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Declared } from "../resources/declared";
import type { Properties } from "../resources/value";
import { type Addresses, MissingAddress } from "./addresses";
import { callFunction } from "./lookUps";
import { type Recorded, Recording, type RecordingOptions } from "./recording";
import { toStruct } from "./toStruct";
import { Transforms } from "./transforms";

type Callback<T> = (error: unknown, response: T | undefined) => void;

export interface RecorderOptions extends RecordingOptions {
  /** Addresses of what listens on this machine. @default nothing listens */
  readonly addresses: Addresses | undefined;
}

/**
 * Pulumi's in-process monitor, the one of its unit tests, made to keep all that a program says of its resources:
 * the mocks' own arguments leave out parent, dependencies and options.
 */
export class Recorder extends MockMonitor {
  /** The first rejection, in its own words: Pulumi wraps it in every property that depends on it. */
  failure: unknown;
  readonly #options: RecorderOptions;
  readonly #recording: Recording;
  readonly #transforms = new Transforms();

  constructor(options: RecorderOptions) {
    const unused = () => {
      throw new Error("unused");
    };
    super({ call: unused, newResource: unused });
    this.#options = options;
    this.#recording = new Recording(options);
  }

  /** In the order of registration: a resource comes after all that it refers to or depends on. */
  get declared(): readonly Declared[] {
    return this.#recording.declared;
  }

  /** Lookups whose results are not known here, a sentence each. */
  get notes(): readonly string[] {
    return [...this.#recording.notes];
  }

  override async registerResource(
    request: RegisterResourceRequest,
    callback: Callback<RegisterResourceResponse>,
  ): Promise<void> {
    try {
      await this.#transforms.apply(request);
      const { urn, outputs } = await this.#record(request);
      this.resources.set(urn, { urn, id: outputs.id ?? null, state: outputs });
      this.#transforms.remember(urn, request);
      const response = new RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(this.#options.firstPreview || outputs.id === unknownValue ? "" : (outputs.id ?? ""));
      response.setObject(toStruct(outputs));
      callback(null, response);
    } catch (error) {
      this.failure ??= error;
      callback(error, undefined);
    }
  }

  async #record(request: RegisterResourceRequest): Promise<Recorded> {
    for (;;) {
      try {
        return this.#recording.record(request);
      } catch (error) {
        const { addresses } = this.#options;
        if (!(error instanceof MissingAddress) || addresses === undefined) throw error;
        await addresses.wait(error);
      }
    }
  }

  /** Records another stack, or a resource that exists already: only what the program says is known. */
  override async readResource(request: ReadResourceRequest, callback: Callback<ReadResourceResponse>) {
    const [type, name] = [request.getType(), request.getName()];
    if (!this.#options.onlyJudged) {
      const reason = "an existing resource is read, and nothing exists outside the program here.";
      callback(new Error(`${type} "${name}": ${reason}`), undefined);
      return;
    }
    const isStack = type === "pulumi:pulumi:StackReference";
    this.#recording.notes.add(
      isStack
        ? `The outputs of the stack ${request.getId()} are not known.`
        : `${type} "${name}" exists already; of it only the id is known.`,
    );
    const response = new ReadResourceResponse();
    response.setUrn(this.#recording.urnOf(type, name, request.getParent()));
    response.setProperties(
      toStruct(isStack ? { name: request.getId(), outputs: unknownValue } : { id: request.getId() }),
    );
    callback(null, response);
  }

  override async invoke(
    request: { getTok(): string; getArgs(): Struct | undefined },
    callback: Callback<InvokeResponse>,
  ): Promise<void> {
    try {
      const { place, root, onlyJudged } = this.#options;
      const inputs = (request.getArgs()?.toJavaScript() ?? {}) as Properties;
      const judged = onlyJudged
        ? { program: `${root}/index.ts`, note: (sentence: string) => this.#recording.notes.add(sentence) }
        : undefined;
      const result =
        request.getTok() === "pulumi:pulumi:getResource"
          ? this.#stateOf(String(inputs.urn))
          : callFunction(request.getTok(), inputs, place, judged);
      const response = new InvokeResponse();
      response.setReturn(toStruct(result));
      callback(null, response);
    } catch (error) {
      this.failure ??= error;
      callback(error, undefined);
    }
  }

  /** The stack's transforms; the resources' own come with them. */
  registerStackTransform(
    transform: Parameters<Transforms["addToStack"]>[0],
    callback: Callback<object>,
  ): void {
    this.#transforms.addToStack(transform);
    callback(null, {});
  }

  /** A provider's function has no response here that a transform could change. */
  registerStackInvokeTransform(_transform: unknown, callback: Callback<object>): void {
    callback(null, {});
  }

  /** Hooks run while a resource is made, and nothing is made here. */
  registerResourceHook(_hook: unknown, callback: Callback<object>): void {
    callback(null, {});
  }

  /** @param archives  New paths by old ones. */
  replaceArchives(archives: ReadonlyMap<string, string>): void {
    this.#recording.replaceArchives(archives);
  }

  close(): void {
    this.#transforms.close();
  }

  /** The resource that a reference leads to, also one that a remote component consists of. */
  #stateOf(urn: string): Properties {
    const outputs = this.declared.find((one) => one.urn === urn)?.outputs;
    return { urn, id: outputs?.id ?? null, state: outputs ?? {} };
  }
}
