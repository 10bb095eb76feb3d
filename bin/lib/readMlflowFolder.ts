import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { isFile } from "./sizeOfFile";

/** A model that MLflow saved: https://mlflow.org/docs/latest/ml/model/ */
export interface MlflowModel {
  /** The model's own file. */
  readonly file: string;
  /** Its input example, row by row, where it has one of numbers. */
  readonly rows: readonly (readonly number[])[] | undefined;
}

interface MlmodelFile {
  readonly flavors?: Readonly<
    Record<string, { readonly data?: unknown; readonly model_class?: unknown } | null>
  > | null;
  readonly saved_input_example_info?: { readonly artifact_path?: unknown };
}

/** Flavors whose files are read here; each says in `data` which file of the folder is the model. */
const FLAVORS = ["xgboost", "lightgbm", "onnx"];

/**
 * Finds the model in a folder with a file `MLmodel`.
 *
 * @throws Error  It is no such folder, or its model has none of the flavors that are served.
 */
export function readMlflowFolder(folder: string): MlflowModel {
  const mlmodel = path.join(folder, "MLmodel");
  if (!isFile(mlmodel)) {
    throw new Error(
      `${folder} is a folder without the file MLmodel: name the model's file, or MLflow's folder of it.`,
    );
  }
  const { flavors: given, saved_input_example_info: example } = readYaml(mlmodel);
  const flavors = given ?? {};
  const flavor = FLAVORS.find((name) => flavors[name] !== undefined);
  const data = flavor === undefined ? undefined : flavors[flavor]?.data;
  if (typeof data !== "string") {
    throw new Error(
      `${mlmodel} has the flavors ${Object.keys(flavors).join(", ") || "of nothing"}; ${FLAVORS.join(", ")} are served: convert the model to ONNX and save it with \`mlflow.onnx.save_model\`.`,
    );
  }
  const file = inside(folder, data);
  if (!isFile(file)) throw new Error(`MLmodel names ${data}, which is not in its folder.`);
  if (data.endsWith(".pkl") || data.endsWith(".skops")) {
    throw new Error(
      `${file} holds Python objects, as MLflow saves LightGBM's models of scikit-learn's interface: save its \`booster_\`.`,
    );
  }
  return {
    file,
    rows:
      typeof example?.artifact_path === "string"
        ? readRows(inside(folder, example.artifact_path))
        : undefined,
  };
}

function readYaml(file: string): MlmodelFile {
  try {
    return (parse(fs.readFileSync(file, "utf8")) as MlmodelFile | null) ?? {};
  } catch (cause) {
    throw new Error(`${file} is not YAML: ${(cause as Error).message}`, { cause });
  }
}

function inside(folder: string, name: string): string {
  const file = path.join(folder, name);
  if (path.relative(folder, file).startsWith(".."))
    throw new Error(`MLmodel names ${name}, which is not in its folder.`);
  return file;
}

/** The rows of a table, `{columns, data}`, or of an array. Examples of other kinds are not looked at. */
function readRows(file: string): MlflowModel["rows"] {
  if (!isFile(file)) return undefined;
  const example = readJson(file);
  const rows = Array.isArray(example) ? example : (example as { data?: unknown } | null)?.data;
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isRow)) return undefined;
  return rows.map((row) => row.map((value) => (value === null ? Number.NaN : Number(value))));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file}, the model's input example, is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function isRow(row: unknown): row is (number | boolean | null)[] {
  return (
    Array.isArray(row) &&
    row.every((value) => value === null || typeof value === "number" || typeof value === "boolean")
  );
}
