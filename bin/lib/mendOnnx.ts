import { contentField, type Edit, editMessage, numberField } from "./editMessage";

/** A model, and what was changed about it. */
export interface MendedModel {
  readonly model: Buffer;
  /** Sentences for the model's owner; empty if the model is unchanged. */
  readonly changes: readonly string[];
}

/** Lambda's image has no other locale: https://github.com/aws/aws-lambda-base-images/issues/229 */
const LOCALES = ["C", "POSIX", "C.UTF-8", "C.utf8"];
const LOCALE = "C.UTF-8";

/** Languages whose rules for upper and lower case differ from all others. */
const OTHER_CASES = /^(tr|az|lt)_/;

/**
 * Changes what exporters write and no function could serve. The numbers that the model gives stay the same.
 *
 * - scikit-learn's and CatBoost's ZipMap makes a sequence of maps of a classifier's probabilities, which are a tensor
 *   before: it becomes an Identity.
 * - StringNormalizer asks for the locale en_US.UTF-8 by default, which Lambda does not have. `C.UTF-8` has the same
 *   upper and lower case.
 *
 * Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 *
 * @param model  Whole bytes of a `model.onnx`.
 */
export function mendOnnx(model: Buffer): MendedModel {
  const mender = new Mender();
  const mended = editMessage(model, (field, content) => {
    if (field === 7) return mender.graph(content);
    if (field === 25)
      return editMessage(content, (each, node) => (each === 7 ? mender.locales(node) : "keep"));
    if (field === 8) mender.opset(content);
    return "keep";
  });
  // Identity is one of ONNX's own operators, which CatBoost's models do not import.
  const opset = contentField(8, Buffer.concat([contentField(1, ""), numberField(2, 13)]));
  const needsOpset = mender.tensors.size > 0 && !mender.hasOwnOperators;
  const { changes } = mender;
  if (changes.length === 0) return { model, changes };
  return { model: needsOpset ? Buffer.concat([mended, opset]) : mended, changes };
}

class Mender {
  readonly changes: string[] = [];
  /** Outputs of ZipMaps that became tensors, and their classes. */
  readonly tensors = new Map<string, readonly string[]>();
  hasOwnOperators = false;

  opset(content: Buffer): void {
    const { domain = "" } = stringsOf(content, { domain: 1 });
    if (domain === "" || domain === "ai.onnx") this.hasOwnOperators = true;
  }

  graph(graph: Buffer): Buffer {
    const withoutMaps = editMessage(graph, (field, content) => (field === 1 ? this.#node(content) : "keep"));
    return editMessage(withoutMaps, (field, content) => {
      const classes = field === 12 ? this.tensors.get(stringsOf(content, { name: 1 }).name ?? "") : undefined;
      return classes === undefined ? "keep" : tensorValue(content, classes.length);
    });
  }

  #node(node: Buffer): Edit {
    const { op } = stringsOf(node, { op: 4 });
    if (op !== "ZipMap") return this.locales(node);
    const { output = "" } = stringsOf(node, { output: 2 });
    const classes = classesOf(node);
    this.tensors.set(output, classes);
    this.changes.push(
      `Cut its ZipMap away: "${output}" is a tensor of [rows, ${classes.length}], with the classes ${classes.join(", ")} in this order.`,
    );
    // Input, output and name stay; operator, domain and attributes do not.
    return editMessage(node, (field) =>
      field === 4 ? Buffer.from("Identity") : [5, 7].includes(field) ? "remove" : "keep",
    );
  }

  /** Replaces locales in a node and in the graphs within it. */
  locales(node: Buffer): Edit {
    const { op } = stringsOf(node, { op: 4 });
    let locale: string | undefined;
    const edited = editMessage(node, (field, attribute) => {
      if (field !== 5) return "keep";
      const { name, text } = stringsOf(attribute, { name: 1, text: 4 });
      if (op === "StringNormalizer" && name === "locale") {
        locale = text;
        return this.#isMended(text)
          ? editMessage(attribute, (each) => (each === 4 ? Buffer.from(LOCALE) : "keep"))
          : "keep";
      }
      return editMessage(attribute, (each, graph) =>
        each === 6 || each === 11
          ? editMessage(graph, (inner, content) => (inner === 1 ? this.locales(content) : "keep"))
          : "keep",
      );
    });
    if (op !== "StringNormalizer" || locale !== undefined || !this.#isMended("en_US.UTF-8")) return edited;
    const attribute = [contentField(1, "locale"), contentField(4, LOCALE), numberField(20, 3)];
    return Buffer.concat([edited, contentField(5, Buffer.concat(attribute))]);
  }

  #isMended(locale = "en_US.UTF-8"): boolean {
    if (LOCALES.includes(locale) || OTHER_CASES.test(locale)) return false;
    const change = `Replaced the locale ${locale} by ${LOCALE}, which has the same upper and lower case.`;
    if (!this.changes.includes(change)) this.changes.push(change);
    return true;
  }
}

/** Gives the texts of a message by their field numbers, each the last of its kind. */
function stringsOf<K extends string>(message: Buffer, fields: Record<K, number>): Partial<Record<K, string>> {
  const strings: Partial<Record<K, string>> = {};
  editMessage(message, (field, content) => {
    for (const name in fields) if (fields[name] === field) strings[name] = content.toString();
    return "keep";
  });
  return strings;
}

/** Gives the names of a ZipMap's classes: texts (field 9 of its attribute), or whole numbers (field 8). */
function classesOf(node: Buffer): string[] {
  const classes: string[] = [];
  editMessage(node, (field, attribute) => {
    if (field !== 5) return "keep";
    return editMessage(attribute, (each, content) => {
      if (each === 9) classes.push(content.toString());
      else if (each === 8) classes.push(...readNumbers(content).map(String));
      return "keep";
    });
  });
  return classes;
}

/** Numbers one after the other, or only one: writers may pack them into one field. */
function readNumbers(bytes: Buffer): bigint[] {
  const numbers: bigint[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte > 127) continue;
    numbers.push(BigInt.asIntN(64, value));
    [value, shift] = [0n, 0n];
  }
  return numbers;
}

/** Declares a float32 tensor of rows and classes in place of a value's type. */
function tensorValue(value: Buffer, classes: number): Buffer {
  const rows = contentField(1, "");
  const shape = contentField(2, Buffer.concat([rows, contentField(1, numberField(1, classes))]));
  const type = contentField(1, Buffer.concat([numberField(1, 1), shape]));
  return editMessage(value, (field) => (field === 2 ? type : "keep"));
}
