import fs from "node:fs";
import path from "node:path";
import type { Card } from "../../functions/shared/card";
import { EVALUATOR_MARK } from "../../functions/shared/evaluator/mark";
import { checkModel } from "./checkModel";

const FUNCTIONS = path.resolve(__dirname, "../../functions");

/**
 * Compares the evaluator with ONNX Runtime on an endpoint's own models, and has its card say which agree.
 *
 * @returns       Each model, and why only ONNX Runtime may serve it; `undefined` where the evaluator may.
 * @throws Error  There is no such endpoint.
 */
export async function compareCard(name: string): Promise<ReadonlyMap<string, string | undefined>> {
  const folder = path.join(FUNCTIONS, name, "model");
  const file = path.join(folder, "card.json");
  if (!fs.existsSync(file)) throw new Error(`There is no functions/${name}/model/card.json.`);
  const { evaluator: _, ...card } = JSON.parse(fs.readFileSync(file, "utf8")) as Card;
  const results = new Map<string, string | undefined>();
  for (const { path: model } of card.files) {
    if (!/\.(onnx|tar\.gz)$/.test(model)) continue;
    const { onlyOnnxRuntime } = await checkModel({ file: path.join(folder, model) }, { breed: false });
    results.set(model, onlyOnnxRuntime);
  }
  const files = [...results].filter(([, reason]) => reason === undefined).map(([model]) => model);
  const evaluator = files.length > 0 ? { evaluator: { mark: EVALUATOR_MARK, files } } : {};
  fs.writeFileSync(file, `${JSON.stringify({ ...card, ...evaluator }, undefined, 2)}\n`);
  return results;
}
