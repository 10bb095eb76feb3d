import assert from "node:assert/strict";
import path from "node:path";
import ts from "typescript";

const ROOT = path.resolve(__dirname, "..");
const FOLDERS = ["bin", "functions", "local", "policy"];

const PROPERTIES = "names of a resource type's properties, which Pulumi's classes have";
const OWN = "names that the file itself lists";
const LISTED = "names that the object itself lists";
const COLON = "types, tokens and settings, which have a colon in them";
const CHARACTER = "single characters";
const FILES = "paths in an object that is made without a prototype";
const ENDPOINTS = "names of the project's endpoints";
const TENSORS = "ONNX Runtime's own results, by names that it gave";

/** Files that look a name up in an object that has a prototype, and why that name cannot be `constructor` or `__proto__`. */
const SAFE: Readonly<Record<string, string>> = {
  "bin/lib/compareEvaluator.ts": TENSORS,
  "bin/lib/drawText.ts": CHARACTER,
  "bin/lib/deployAccess/deployPolicy.ts": `${COLON}; ${PROPERTIES}`,
  "bin/lib/prove/probes.ts": ENDPOINTS,
  "bin/lib/prove/provenStack.ts": OWN,
  "bin/lib/prove/record.ts": ENDPOINTS,
  "bin/lib/readMlflowFolder.ts": OWN,
  "functions/open-inference/infer.ts": TENSORS,
  "functions/open-inference/shadowSender.ts": "headers of a request, which has no prototype",
  "functions/pricing/predict.ts": TENSORS,
  "functions/shared/aliases.ts": "headers of a request, which has no prototype",
  "functions/shared/env.ts": OWN,
  "functions/shared/events.ts": LISTED,
  "functions/shared/log.ts": LISTED,
  "functions/shared/metrics.ts": OWN,
  "functions/shared/trees/readUbjson.ts": CHARACTER,
  "local/cli/command.ts": OWN,
  "local/cli/faultOption.ts": OWN,
  "local/cloud/addressBook.ts": COLON,
  "local/cloud/reconcile.ts": PROPERTIES,
  "local/engine/checkResource.ts": PROPERTIES,
  "local/engine/deployment.ts": PROPERTIES,
  "local/engine/deploymentOutputs.ts": COLON,
  "local/engine/diffProperties.ts": PROPERTIES,
  "local/engine/madeChildren.ts": PROPERTIES,
  "local/engine/needsDeleteBeforeReplace.ts": PROPERTIES,
  "local/engine/outputsOnWire.ts": PROPERTIES,
  "local/engine/previewUpdate.ts": PROPERTIES,
  "local/engine/readLive.ts": PROPERTIES,
  "local/engine/resourceProvider.ts": PROPERTIES,
  "local/page/assets.ts": "files' extensions, which begin with a dot",
  "local/program/addresses.ts": COLON,
  "local/program/lookUps.ts": PROPERTIES,
  "local/program/packages.ts": FILES,
  "local/program/recording.ts": PROPERTIES,
  "local/program/stackConfig.ts": COLON,
  "local/resources/autoName.ts": PROPERTIES,
  "local/resources/physicalName.ts": PROPERTIES,
  "local/resources/read.ts": PROPERTIES,
  "local/resources/treatment.ts": PROPERTIES,
  "local/services/cloudwatch/cloudWatchService.ts": LISTED,
  "local/services/iam/parsePolicy.ts": OWN,
  "local/services/iam/renderPolicyDocument.ts": "condition operators, which IAM knows",
  "local/services/lambda/outcome.ts": "signals, as Node.js names them",
  "local/services/lambda/runtime/loadHandler.ts": "an export, which Lambda looks up as it is done here",
  "local/services/s3/objectHeaders.ts": OWN,
  "local/services/s3/resourceTypes/bucket.ts": "regions of AWS",
  "policy/lib/configuration.ts": "rules' names, which have a hyphen in them",
  "policy/lib/packages/nestedArchive.ts": FILES,
  "policy/lib/packages/readPackage.ts": FILES,
  "policy/lib/models.ts": "an object's own keys",
  "policy/lib/secretIn.ts": OWN,
  "policy/lib/stack.ts": PROPERTIES,
  "policy/lib/stackSettings.ts": COLON,
  "policy/rules/api/bodyAuthorization.ts": OWN,
  "policy/rules/lambda/environmentSecretNames.ts": "an object's own keys",
};

/**
 * Names from outside (a query's, a header's, an archive's, a model's) may be `constructor` or `__proto__`. An object with a
 * prototype has those already: it takes a `Map`, `Object.create(null)`, or a look by `Object.hasOwn` first.
 */
describe("Objects as maps", () => {
  const found = lookUps();

  it("have no prototype, or are looked into by Object.hasOwn, where names come from outside", () => {
    const unsafe = found.filter(({ file }) => SAFE[file] === undefined);
    assert.deepEqual(
      unsafe.map(({ file, line, text }) => `${file}:${line}: ${text}`),
      [],
    );
  });

  it("are looked for in every file that the list has", () => {
    const files = new Set(found.map(({ file }) => file));
    assert.deepEqual(
      Object.keys(SAFE).filter((file) => !files.has(file)),
      [],
    );
  });
});

interface LookUp {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Each `object[name]` and `name in object` of a name that may be any text, without a guard. */
function lookUps(): LookUp[] {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, "tsconfig.json"), {}, host);
  assert.ok(config !== undefined);
  const isSource = (file: string) => FOLDERS.some((folder) => file.startsWith(`${ROOT}/${folder}/`));
  const program = ts.createProgram(config.fileNames.filter(isSource), config.options);
  const checker = program.getTypeChecker();
  const found: LookUp[] = [];
  for (const source of program.getSourceFiles()) {
    if (!isSource(source.fileName) || source.fileName.includes("/node_modules/")) continue;
    const visit = (node: ts.Node): void => {
      if (isUnguarded(node, checker)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        const file = path.relative(ROOT, source.fileName);
        found.push({ file, line: line + 1, text: node.getText() });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function isUnguarded(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
    return isAnyText(node.left, checker) && !ts.isPrivateIdentifier(node.left);
  }
  if (!ts.isElementAccessExpression(node)) return false;
  const { expression: object, argumentExpression: name } = node;
  if (!isAnyText(name, checker) || checker.isArrayLikeType(checker.getTypeAtLocation(object))) return false;
  if (isWithoutPrototype(object, checker)) return false;
  // What is written under `__proto__` becomes the prototype, whatever was asked before.
  return isAssignedTo(node) || !isChecked(object, name);
}

/** Whether the compiler knows no more of a name than that it is text; one with a fixed part is no property of `Object`. */
function isAnyText(name: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isTemplateExpression(name)) return false;
  const type = checker.getTypeAtLocation(name);
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & ts.TypeFlags.String) !== 0);
}

function isAssignedTo(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Whether the function around it asks `Object.hasOwn` of the same object and name. */
function isChecked(object: ts.Node, name: ts.Node): boolean {
  const bare = ts.isParenthesizedExpression(object) && ts.isAsExpression(object.expression);
  const text = bare ? object.expression.expression.getText() : object.getText();
  let around: ts.Node = object;
  while (!ts.isFunctionLike(around) && !ts.isSourceFile(around)) around = around.parent;
  return around.getText().includes(`Object.hasOwn(${text}, ${name.getText()})`);
}

function isWithoutPrototype(object: ts.Node, checker: ts.TypeChecker): boolean {
  const declaration = checker.getSymbolAtLocation(object)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  return declaration.initializer?.getText() === "Object.create(null)";
}
