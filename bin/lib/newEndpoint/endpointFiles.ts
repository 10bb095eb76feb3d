import type { CardTensor } from "../../../functions/shared/card";
import { listAxes, type RowInput, type RowModel } from "./readRowModel";

/** Sources of models that need nothing beside the stack. */
export const SOURCES = ["bundle", "s3", "volume"] as const;

export type Source = (typeof SOURCES)[number];

/** The model's file, relative to the card: its key in the bucket for the source `s3`. */
export function modelPath(name: string, source: Source): string {
  return source === "s3" ? `${name}/model.onnx` : "model.onnx";
}

/** Biome's, with the line's end. */
const LINE_WIDTH = 111;

/** The line of `index.ts` that declares the endpoint. */
export function endpointLine(name: string, source: Source): string {
  const model =
    source === "s3"
      ? `{ source: "s3", keyVariable: "MODEL_PATH", prefixes: ["${name}/"] }`
      : `{ source: "${source}" }`;
  const line = `  new Endpoint("${name}", { shared, model: ${model} }),\n`;
  if (line.length <= LINE_WIDTH) return line;
  return `  new Endpoint("${name}", {\n    shared,\n    model: ${model},\n  }),\n`;
}

/** `index.ts`: the handler. */
export function handlerFile(source: Source): string {
  if (source === "bundle") {
    return handler({
      imports: ['import { bundledModel } from "../shared/bundledModel";'],
      setup: "const model = bundledModel();",
      rejects: "",
      respond: "respond: async (row) => json(200, await predict(await model(), row)),",
    });
  }
  const variable = source === "s3" ? "MODEL_BUCKET" : "MODEL_VOLUME";
  const [from, models] =
    source === "s3"
      ? ["bucketSource", `bucketSource(objectStore(${variable}))`]
      : ["volumeSource", `volumeSource(${variable})`];
  return handler({
    imports: [
      'import { readEnv, required } from "../shared/env";',
      `import { ${from} } from "../shared/modelStore/${from}";`,
      'import { modelStoreFromEnv } from "../shared/modelStore/modelStoreFromEnv";',
      ...(source === "s3" ? ['import { objectStore } from "../shared/objectStore";'] : []),
    ],
    setup: `const { ${variable}, MODEL_PATH } = readEnv({ ${variable}: required, MODEL_PATH: required });
const models = modelStoreFromEnv(${models});`,
    rejects: "      rejects: [404],\n",
    respond: `async respond(row, { fields }) {
        return json(200, await models.use(MODEL_PATH, fields, (session) => predict(session, row)));
      },`,
  });
}

interface HandlerParts {
  readonly imports: readonly string[];
  readonly setup: string;
  readonly rejects: string;
  readonly respond: string;
}

function handler({ imports, setup, rejects, respond }: HandlerParts): string {
  const all = [
    ...imports,
    'import { createHandler } from "../shared/handler";',
    'import { json } from "../shared/json";',
    'import { jsonEndpoint, operation } from "../shared/jsonEndpoint";',
  ];
  return `${all.sort(byModule).join("\n")}
import { input } from "./input";
import card from "./model/card.json";
import { output } from "./output";
import { predict } from "./predict";

${setup}

export const handler = createHandler({
  name: card.name,
  respond: jsonEndpoint(card, {
    "/": operation({
      description: card.description,
      input,
      output,
${rejects}      example: card.samples[0],
      ${respond}
    }),
  }),
});
`;
}

/** Orders imports as Biome does: by the module that they import from. */
function byModule(a: string, b: string): number {
  const [first = "", second = ""] = [a, b].map((line) => /"(.*)"/.exec(line)?.[1]);
  return first < second ? -1 : 1;
}

/** `input.ts`: the request's schema. */
export function inputFile({ inputs }: RowModel): string {
  const items = inputs.map(({ dtype }) => ITEMS[dtype]);
  const has = (text: string) => items.some((item) => item.startsWith(text));
  const isList = inputs.some(({ shape }) => listAxes(shape).length > 0);
  const valibot = [
    ...(has("boolean") ? ["boolean"] : []),
    "description",
    "type InferOutput",
    "object",
    "pipe",
    ...(has("string") ? ["string"] : []),
  ];
  const rows = [...(isList ? ["listOf"] : []), ...(has("wholeNumber") ? ["wholeNumber"] : [])];
  return `import { ${valibot.join(", ")} } from "valibot";
${has("finiteNumber") ? 'import { finiteNumber } from "../shared/finiteNumber";\n' : ""}${
  rows.length > 0 ? `import { ${rows.join(", ")} } from "../shared/rowSchema";\n` : ""
}
/** One row: a field for each of the model's inputs. Rename, split and describe them as callers know them. */
export const input = object({
${inputs.map((each) => `  ${keyOf(each.name)}: pipe(${schemaOf(each)}, ${descriptionOf(each)}),`).join("\n")}
});

export type Input = InferOutput<typeof input>;
`;
}

const ITEMS: Readonly<Record<RowInput["dtype"], string>> = {
  FP32: "finiteNumber()",
  FP64: 'finiteNumber("FP64")',
  INT32: 'wholeNumber("INT32")',
  INT64: 'wholeNumber("INT64")',
  UINT8: 'wholeNumber("UINT8")',
  BOOL: 'boolean("must be true or false")',
  BYTES: 'string("must be a string")',
};

const descriptionOf = ({ name }: RowInput) => `description(${JSON.stringify(`The model's input ${name}`)})`;

function schemaOf({ dtype, shape }: RowInput): string {
  return listAxes(shape).reduceRight(
    (item, size) => `listOf(${item}${size < 0 ? "" : `, ${size}`})`,
    ITEMS[dtype],
  );
}

/** `output.ts`: the response's schema. */
export function outputFile({ outputs }: RowModel): string {
  const schemas = outputs.map(({ name, dtype, shape }) => {
    const schema = listAxes(shape).reduce((item) => `array(${item})`, outputSchema(dtype));
    return `  ${keyOf(name)}: ${schema},`;
  });
  const used = ["array", "boolean", "nullable", "number", "object", "string", "union"].filter(
    (name) => name === "object" || schemas.some((schema) => schema.includes(`${name}(`)),
  );
  return `import { ${used.join(", ")} } from "valibot";

/** The body of a 200, by content type: a field for each of the model's outputs. */
export const output = { "application/json": object({
${schemas.join("\n")}
}) };
`;
}

/** How `rowValue` gives a value: NaN and infinities are `null`, whole numbers past 2^53 text. */
function outputSchema(dtype: CardTensor["dtype"]): string {
  if (dtype === "BOOL") return "boolean()";
  if (dtype === "BYTES") return "string()";
  if (dtype.startsWith("FP")) return "nullable(number())";
  return dtype.endsWith("INT64") ? "union([number(), string()])" : "number()";
}

/** `predict.ts`: the row to tensors, and what the model gives to the response. */
export function predictFile({ inputs, outputs }: RowModel): string {
  const described = (tensors: readonly CardTensor[]) =>
    tensors
      // A name may hold the end of a comment.
      .map(
        ({ name, dtype, shape }) => `${dtype} \`${name.replace(/[^\w.:-]+/g, " ")}\` [${shape.join(", ")}]`,
      )
      .join(", ");
  const feeds = inputs.map(
    ({ name, dtype, shape }) =>
      `    ${keyOf(name)}: rowTensor("${dtype}", [${ofOneRow(shape).join(", ")}], row${memberOf(name)}),`,
  );
  const values = outputs.map(({ name, shape }) => {
    const axes = listAxes(shape).length;
    return `    ${keyOf(name)}: rowValue(outputs${memberOf(name)}${axes === 0 ? "" : `, ${axes}`}),`;
  });
  return `import type { InferenceSession } from "onnxruntime-node";
import { rowTensor, rowValue } from "../shared/rowTensor";
import { runInputs } from "../shared/runInputs";
import type { Input } from "./input";

/** One row. The model takes ${described(inputs)}, and gives ${described(outputs)}. */
export async function predict(session: InferenceSession, row: Input) {
  const outputs = await runInputs(session, {
${feeds.join("\n")}
  });
  return {
${values.join("\n")}
  };
}
`;
}

/** The shape with one row in its batch. */
function ofOneRow([first, ...others]: readonly number[]): readonly number[] {
  return first === undefined ? [] : [first === -1 ? 1 : first, ...others];
}

const isIdentifier = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name);

function keyOf(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}

function memberOf(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
