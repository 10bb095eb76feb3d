/** The grammar of keys in the models' bucket: what is uploaded under such a key is served. */

/** Begins the keys of models that `open-inference` serves by name: `models/<name>/<version>/<file>`. */
export const MODELS = "models/";
/** Names of a version's file, by who wrote it. */
export const MODEL_FILES = ["model.onnx", "model.json", "model.ubj", "model.txt"] as const;
/** Begins the keys of `pricing`'s models, one a breed. */
export const BREEDS = "breeds/";

// Literals, each checked for its time: names have up to 128 characters, versions 18 digits, breeds 64 characters.
export const BREED_NAME = /^[a-z0-9-]{1,64}$/;
const MODEL_KEY =
  /^models\/(?<name>[\w.-]{1,128})\/(?<version>\d{1,18})\/(?<file>model\.(onnx|json|ubj|txt))$/;
const BREED_KEY = /^breeds\/(?<breed>[a-z0-9-]{1,64})\/model\.tar\.gz$/;

/** A request's path for a model: `/v2/models/<name>/versions/<version>/infer`. */
export const MODEL_PATH =
  /^\/v2\/models\/(?<name>[\w.-]{1,128})(?:\/versions\/(?<version>\d{1,18}))?(?<rest>\/ready|\/infer|\/config|\/stats)?$/;

/** A version of a model, and the file that holds it: `model.onnx`, or as XGBoost or LightGBM write it. */
export interface ModelKey {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

export function modelKey({ name, version, file }: ModelKey): string {
  return `${modelFolder(name)}${version}/${file}`;
}

/** The part that the keys of all versions of a model begin with. */
export function modelFolder(name: string): string {
  return `${MODELS}${name}/`;
}

export function parseModelKey(key: string): ModelKey | undefined {
  return MODEL_KEY.exec(key)?.groups as ModelKey | undefined;
}

export function breedKey(breed: string): string {
  return `${BREEDS}${breed}/model.tar.gz`;
}

export function parseBreedKey(key: string): string | undefined {
  return BREED_KEY.exec(key)?.groups?.breed;
}
