/**
 * What a model says of itself: `functions/<name>/model/card.json`, written by the script that made the model.
 * The documentation, the ready `curl`s and the contract tests read cards; handlers do not need them.
 */
export interface Card {
  /** The folder's name in `functions/`, which is the endpoint's. */
  readonly name: string;
  readonly title: string;
  /** What the model answers, in one to three sentences. */
  readonly description: string;
  /** Where the model comes from: the data set and the script, or the published model it was converted from. */
  readonly origin: string;
  readonly license: {
    /** SPDX identifier of the model's own license. */
    readonly model: string;
    /** License of the data the model was trained on, with its source; "made up by the script" counts. */
    readonly data: string;
  };
  /** Every model file beside the card: path relative to the card, size, SHA-256 of its bytes in hex. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** Files that the evaluator may serve: `npm run model -- compare <name>` writes it. @default none */
  readonly evaluator?: {
    /** Of the evaluator that was compared with ONNX Runtime. */
    readonly mark: string;
    readonly files: readonly string[];
  };
  /** Versions of the ONNX operator sets the model imports, by domain (`ai.onnx` is the default domain). */
  readonly opset: Readonly<Record<string, number>>;
  readonly inputs: readonly CardTensor[];
  readonly outputs: readonly CardTensor[];
  /** Figures the script measured, such as `accuracy` on the test part, each in 0..1. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Exchanges that hold; the first is the ready example. */
  readonly samples: readonly [CardSample, ...CardSample[]];
  /** What a reader must know before using or replacing the model. */
  readonly notes: readonly string[];
}

export interface CardTensor {
  readonly name: string;
  /** Data type in the Open Inference Protocol's words. */
  readonly dtype: "FP16" | "FP32" | "FP64" | "INT32" | "INT64" | "UINT8" | "BOOL" | "BYTES";
  /** Sizes of the axes, -1 where the size is the caller's (the batch). */
  readonly shape: readonly number[];
  /** What the entries of the last axis are, in order: feature names of an input, classes of an output. */
  readonly labels?: readonly string[];
}

/** One exchange with the endpoint. */
export interface CardSample {
  /** Within the endpoint. @default "/" */
  readonly path?: string;
  /** The JSON body of the `POST`. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The HTTP status and, where it is always the same, the exact body as the string on the wire. */
  readonly answer: { readonly status: number; readonly body?: string };
}
