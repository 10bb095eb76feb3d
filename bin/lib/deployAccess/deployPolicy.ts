import type { Declared } from "@paddock/local/program";
import { ACTIONS_BY_TYPE, LOOK_UPS, type TypeActions } from "./actionsByType";

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** The account and region of a deployment. */
export interface DeployPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** `read` is for a preview, which changes nothing. */
export type DeployMode = "deploy" | "read";

/** Characters of a managed policy without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_POLICY = 6144;

/**
 * The least policy, in as few documents as IAM's limit allows, by which a role creates, updates and deletes what a
 * program declares. Names that Pulumi makes end in random digits: resources are named by what goes before them.
 *
 * @throws Error  A resource type whose actions are not known, by its name.
 */
export function deployPolicies(
  resources: readonly Declared[],
  place: DeployPlace,
  mode: DeployMode = "deploy",
): PolicyDocument[] {
  const custom = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const actions = new Set(LOOK_UPS);
  for (const { type } of custom) for (const action of actionsOf(typeActions(type), mode)) actions.add(action);
  const statements = [...groupByService(actions)].map(([service, ofService]): PolicyStatement => {
    const boundary = service === "iam" ? boundaryOf(custom) : undefined;
    return {
      Sid: sidOf(service),
      Effect: "Allow",
      Action: ofService.sort(),
      Resource: resourcesOf(service, custom, place),
      ...(boundary &&
        mode === "deploy" && { Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } } }),
    };
  });
  return pack(splitIam([...statements, ...(mode === "deploy" ? passStatements(custom, place) : [])]));
}

function typeActions(type: string): TypeActions {
  const actions = ACTIONS_BY_TYPE[type];
  if (actions === undefined) {
    throw new Error(
      `The actions by which ${type} is deployed are not known: add them to bin/lib/deployAccess/actionsByType.ts.`,
    );
  }
  return actions;
}

function actionsOf({ read, write, update = [] }: TypeActions, mode: DeployMode): readonly string[] {
  return mode === "read" ? read : [...read, ...write, ...update];
}

function groupByService(actions: ReadonlySet<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const action of [...actions].sort()) {
    const [service = ""] = action.split(":");
    groups.set(service, [...(groups.get(service) ?? []), action]);
  }
  return groups;
}

/** ARNs of the program's resources of a service; `*` where AWS gives ids that nobody knows before. */
function resourcesOf(service: string, resources: readonly Declared[], place: DeployPlace): string[] {
  const { partition, region, accountId } = place;
  const named = (type: string, property: string) =>
    resources
      .filter((one) => one.type === type)
      .map(({ inputs }) => String(inputs[property]).replace(/-[0-9a-f]{7}$/, "-*"));
  const regional = (resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  switch (service) {
    case "apigateway":
      return [`arn:${partition}:apigateway:${region}::/*`];
    case "iam":
      return roleArns(resources, place);
    case "lambda":
      return [
        ...named("aws:lambda/function:Function", "name").map((name) => regional(`function:${name}`)),
        ...named("aws:lambda/layerVersion:LayerVersion", "layerName").map((name) =>
          regional(`layer:${name}*`),
        ),
      ].sort();
    case "logs":
      return (
        [...new Set(named("aws:cloudwatch/logGroup:LogGroup", "name").map(folderOf))]
          .map((folder) => regional(`log-group:${folder}/*`))
          // A listing asks for all of them.
          .concat(regional("log-group::log-stream:*"))
      );
    case "s3":
      return named("aws:s3/bucket:Bucket", "bucket")
        .flatMap((name) => [`arn:${partition}:s3:::${name}`, `arn:${partition}:s3:::${name}/*`])
        .sort();
    default:
      return ["*"];
  }
}

function roleArns(resources: readonly Declared[], { partition, accountId }: DeployPlace): string[] {
  return resources
    .filter(({ type }) => type === "aws:iam/role:Role")
    .map(({ inputs: { path = "/", name } }) => `${path}${String(name).replace(/-[0-9a-f]{7}$/, "-*")}`)
    .map((role) => `arn:${partition}:iam::${accountId}:role${role}`)
    .sort();
}

const folderOf = (name: string) => name.slice(0, name.lastIndexOf("/"));

/** The one policy that bounds every role of the program. */
function boundaryOf(resources: readonly Declared[]): string | undefined {
  const [boundary] = resources.flatMap(({ type, inputs }) =>
    type === "aws:iam/role:Role" && typeof inputs.permissionsBoundary === "string"
      ? [inputs.permissionsBoundary]
      : [],
  );
  return boundary;
}

/** Actions that know the role's boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
const BOUND = new Set([
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DetachRolePolicy",
  "iam:PutRolePolicy",
  "iam:DeleteRolePolicy",
]);

/** The condition on the boundary only where AWS knows it: elsewhere it would deny everything. */
function splitIam(statements: readonly PolicyStatement[]): PolicyStatement[] {
  return statements.flatMap((statement) => {
    const { Condition, ...rest } = statement;
    if (Condition?.StringEquals?.["iam:PermissionsBoundary"] === undefined) return [statement];
    return [
      { ...rest, Action: rest.Action.filter((action) => !BOUND.has(action)) },
      { ...statement, Sid: "IamWithinBoundary", Action: rest.Action.filter((action) => BOUND.has(action)) },
    ];
  });
}

/** Without `iam:PassRole` nobody could give a function its role; with it for any service, a role would be anybody's. */
function passStatements(resources: readonly Declared[], place: DeployPlace): PolicyStatement[] {
  const byService = new Map<string, Set<string>>();
  for (const { type, propertyDependencies } of resources) {
    const [property, service] = ACTIONS_BY_TYPE[type]?.passes ?? [];
    if (property === undefined || service === undefined) continue;
    const passed = byService.get(service) ?? new Set();
    for (const urn of propertyDependencies[property] ?? []) passed.add(urn);
    byService.set(service, passed);
  }
  return [...byService].sort().map(([service, urns]) => ({
    Sid: `PassRoleTo${sidOf(service.split(".")[0] ?? "")}`,
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: roleArns(
      resources.filter(({ urn }) => urns.has(urn)),
      place,
    ),
    Condition: { StringEquals: { "iam:PassedToService": service } },
  }));
}

function sidOf(service: string): string {
  return service.replace(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase());
}

/** First fit, the longest first. */
function pack(statements: readonly PolicyStatement[]): PolicyDocument[] {
  const documents: PolicyStatement[][] = [];
  const sizeOf = (list: readonly PolicyStatement[]) => JSON.stringify(documentOf(list)).length;
  for (const statement of [...statements].sort((a, b) => sizeOf([b]) - sizeOf([a]))) {
    const fitting = documents.find((document) => sizeOf([...document, statement]) <= MAX_POLICY);
    if (fitting) fitting.push(statement);
    else documents.push([statement]);
  }
  return documents.map(documentOf);
}

function documentOf(Statement: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement };
}
