import { BadGateway } from "../../shared/errors";
import type { Segmentation } from "../segmentation";

/** A SageMaker endpoint's response: its JSON, passed on unchanged. */
export class EndpointResponse implements Segmentation {
  readonly #text: string;
  readonly #value: unknown;
  readonly #endpointName: string;

  /** @throws BadGateway  Bytes that are no JSON. */
  constructor(endpointName: string, body: Uint8Array) {
    this.#endpointName = endpointName;
    this.#text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
    this.jsonBytes = body.length;
    try {
      this.#value = JSON.parse(this.#text);
    } catch (cause) {
      throw new BadGateway(`The SageMaker endpoint ${endpointName} answered with something that is no JSON`, {
        cause,
      });
    }
  }

  readonly jsonBytes: number;

  toJson(): string {
    return this.#text;
  }

  /** The lengths that the first entries show. */
  get shape(): readonly number[] {
    const shape: number[] = [];
    for (let list = this.#predictions(); Array.isArray(list); list = list[0]) shape.push(list.length);
    return shape;
  }

  /** @throws BadGateway  The response is no array of numbers. */
  writeTo(values: Float32Array): void {
    const { shape } = this;
    let next = 0;
    const take = (value: unknown, axis: number): void => {
      const fits =
        axis < shape.length
          ? Array.isArray(value) && value.length === shape[axis]
          : typeof value === "number";
      if (!fits) {
        throw new BadGateway(
          `The SageMaker endpoint ${this.#endpointName} answered with ${this.jsonBytes} bytes that are no array of numbers, and too many to pass on`,
        );
      }
      if (Array.isArray(value)) for (const entry of value) take(entry, axis + 1);
      else values[next++] = value as number;
    };
    take(this.#predictions(), 0);
  }

  /** Its `predictions`, or the whole where it is a list. */
  #predictions(): unknown {
    const { predictions = this.#value } = this.#value as { predictions?: unknown };
    return predictions;
  }
}
