import { BrokenModel } from "../modelStore/brokenModel";
import { ByteSource } from "./byteSource";
import type { OnnxFacts, OnnxValueFacts } from "./onnxFacts";
import { type Field, visitFields } from "./protobuf";

/** Functions that a model may define; exporters write one for each kind of layer. */
const MAX_FUNCTIONS = 5_000;

/** Longest name that is read, in bytes. */
const MAX_NAME_BYTES = 64 * 1024;

/** Files with weights that a model may have beside it. */
const MAX_EXTERNAL_FILES = 100;

/**
 * Reads what {@link OnnxFacts} lists, without the weights: field numbers are those of
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 *
 * @param model         Its bytes, or the path of its file.
 * @throws BrokenModel  It is no ONNX model.
 */
export function readOnnx(model: Uint8Array | string): OnnxFacts {
  const bytes = new ByteSource(model);
  try {
    return new OnnxReader(bytes).read();
  } finally {
    bytes.close();
  }
}

/** Counts the nodes of a graph or function, and its calls of each function. */
interface Body {
  nodes: number;
  readonly calls: Map<string, number>;
}

const functionKey = (domain: string, name: string, overload: string) => [domain, name, overload].join("\n");

class OnnxReader {
  #irVersion = 0;
  readonly #opsets = new Map<string, number>();
  readonly #inputs = new Map<string, OnnxValueFacts>();
  readonly #outputs = new Map<string, OnnxValueFacts>();
  readonly #externalFiles = new Set<string>();
  readonly #functions = new Map<string, Body>();
  readonly #graph: Body = { nodes: 0, calls: new Map() };
  readonly #bytes: ByteSource;

  constructor(bytes: ByteSource) {
    this.#bytes = bytes;
  }

  read(): OnnxFacts {
    const training: Body = { nodes: 0, calls: new Map() };
    visitFields(this.#bytes, { start: 0, end: this.#bytes.length }, 0, (field) => {
      if (field.number === 1) this.#irVersion = field.value;
      else if (field.number === 7) this.#readGraph(field, 1, this.#graph, true);
      else if (field.number === 8) this.#readOpset(field);
      else if (field.number === 20) {
        visitFields(this.#bytes, field, 1, (each) => {
          if (each.number === 1 || each.number === 2) this.#readGraph(each, 2, training, false);
        });
      } else if (field.number === 25) this.#readFunction(field);
    });
    return {
      irVersion: this.#irVersion,
      opset: this.#opsets.get("ai.onnx") ?? 0,
      opsets: this.#opsets,
      inputs: this.#inputs,
      outputs: this.#outputs,
      externalFiles: [...this.#externalFiles],
      calledNodes: this.#expandedNodes(this.#graph, new Map()) - this.#graph.nodes,
    };
  }

  #readOpset(opset: Field): void {
    let [domain, version] = ["", 0];
    visitFields(this.#bytes, opset, 1, (field) => {
      if (field.number === 1) domain = this.#text(field);
      else if (field.number === 2) version = field.value;
    });
    this.#opsets.set(domain || "ai.onnx", Math.max(this.#opsets.get(domain || "ai.onnx") ?? 0, version));
  }

  #readFunction(definition: Field): void {
    let [name, domain, overload] = ["", "", ""];
    const body: Body = { nodes: 0, calls: new Map() };
    visitFields(this.#bytes, definition, 1, (field) => {
      if (field.number === 1) name = this.#text(field);
      else if (field.number === 10) domain = this.#text(field);
      else if (field.number === 13) overload = this.#text(field);
      else if (field.number === 7) this.#readNode(field, 2, body);
      else if (field.number === 11) this.#readAttribute(field, 2, body);
    });
    this.#functions.set(functionKey(domain, name, overload), body);
    if (this.#functions.size > MAX_FUNCTIONS) {
      throw new BrokenModel(`It defines more than ${MAX_FUNCTIONS} functions: export it without them`);
    }
  }

  #readGraph(graph: Field, depth: number, body: Body, isMain: boolean): void {
    visitFields(this.#bytes, graph, depth, (field) => {
      if (field.number === 1) this.#readNode(field, depth + 1, body);
      else if (field.number === 5) this.#readTensor(field, depth + 1);
      else if (field.number === 15) this.#readSparseTensor(field, depth + 1);
      else if (isMain && field.number === 11) this.#readValue(field, this.#inputs);
      else if (isMain && field.number === 12) this.#readValue(field, this.#outputs);
    });
  }

  #readNode(node: Field, depth: number, body: Body): void {
    let [op, domain, overload] = ["", "", ""];
    visitFields(this.#bytes, node, depth, (field) => {
      if (field.number === 4) op = this.#text(field);
      else if (field.number === 7) domain = this.#text(field);
      else if (field.number === 8) overload = this.#text(field);
      else if (field.number === 5) this.#readAttribute(field, depth + 1, body);
    });
    body.nodes++;
    const key = functionKey(domain, op, overload);
    body.calls.set(key, (body.calls.get(key) ?? 0) + 1);
  }

  #readAttribute(attribute: Field, depth: number, body: Body): void {
    visitFields(this.#bytes, attribute, depth, (field) => {
      if (field.number === 5 || field.number === 10) this.#readTensor(field, depth + 1);
      else if (field.number === 6 || field.number === 11) this.#readGraph(field, depth + 1, body, false);
      else if (field.number === 22 || field.number === 23) this.#readSparseTensor(field, depth + 1);
    });
  }

  #readSparseTensor(tensor: Field, depth: number): void {
    visitFields(this.#bytes, tensor, depth, (field) => {
      if (field.number === 1 || field.number === 2) this.#readTensor(field, depth + 1);
    });
  }

  #readTensor(tensor: Field, depth: number): void {
    visitFields(this.#bytes, tensor, depth, (field) => {
      if (field.number !== 13) return;
      let [key, value] = ["", ""];
      visitFields(this.#bytes, field, depth + 1, (entry) => {
        if (entry.number === 1) key = this.#text(entry);
        else if (entry.number === 2) value = this.#text(entry);
      });
      if (key === "location") this.#externalFiles.add(value);
      if (this.#externalFiles.size > MAX_EXTERNAL_FILES) {
        throw new BrokenModel(
          `Its weights lie in more than ${MAX_EXTERNAL_FILES} files: save it with \`all_tensors_to_one_file=True\``,
        );
      }
    });
  }

  #readValue(value: Field, values: Map<string, OnnxValueFacts>): void {
    let name = "";
    let facts: OnnxValueFacts = { kind: "unknown", elementType: 0, hasShape: false };
    visitFields(this.#bytes, value, 2, (field) => {
      if (field.number === 1) name = this.#text(field);
      else if (field.number === 2) facts = this.#readType(field, 3);
    });
    values.set(name, facts);
  }

  /** Reads a `TypeProto`: one of its fields is set, whose number is the kind. */
  #readType(type: Field, depth: number): OnnxValueFacts {
    let facts: OnnxValueFacts = { kind: "unknown", elementType: 0, hasShape: false };
    const other = (kind: OnnxValueFacts["kind"]) => ({ kind, elementType: 0, hasShape: false });
    visitFields(this.#bytes, type, depth, (field) => {
      if (field.number === 1) {
        let [elementType, hasShape] = [0, false];
        visitFields(this.#bytes, field, depth + 1, (each) => {
          if (each.number === 1) elementType = each.value;
          else if (each.number === 2) hasShape = true;
        });
        facts = { kind: "tensor", elementType, hasShape };
      } else if (field.number === 4) {
        let kind: OnnxValueFacts["kind"] = "sequence";
        visitFields(this.#bytes, field, depth + 1, (each) => {
          const isOfMaps = each.number === 1 && this.#readType(each, depth + 2).kind === "map";
          if (isOfMaps) kind = "sequence of maps";
        });
        facts = other(kind);
      } else if (field.number === 5) facts = other("map");
      else if (field.number === 8) facts = other("sparse tensor");
      else if (field.number === 9) facts = other("optional");
    });
    return facts;
  }

  /** A function that calls itself, which ONNX forbids, counts once. */
  #expandedNodes(body: Body, known: Map<Body, number>): number {
    const counted = known.get(body);
    if (counted !== undefined) return counted;
    known.set(body, 0);
    let { nodes } = body;
    for (const [key, times] of body.calls) {
      const called = this.#functions.get(key);
      if (called !== undefined) nodes += times * this.#expandedNodes(called, known);
    }
    known.set(body, nodes);
    return nodes;
  }

  #text({ start, end }: Field): string {
    return this.#bytes.text(start, Math.min(end, start + MAX_NAME_BYTES));
  }
}
