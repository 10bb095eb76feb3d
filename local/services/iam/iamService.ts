import { hash } from "node:crypto";
import type { HttpRequest } from "../../http/message";
import { AccessKeyRing, type IssuedKey, type TemporaryCredentials } from "./accessKeyRing";
import type { AccessKey, AccessKeys, Caller } from "./accessKeys";
import { awsManagedPolicy } from "./awsManagedPolicies";
import { type AccessRequest, type Decision, evaluatePolicy } from "./evaluatePolicy";
import { parsePolicy } from "./parsePolicy";
import type { PolicyDocument } from "./policyDocument";
import { verifySignature } from "./sigv4/verifySignature";

export interface IamServiceOptions {
  readonly accountId: string;
  /** The region that requests have to be signed for. */
  readonly region: string;
  /** The file of the root user's key. */
  readonly keyFile: string;
  /** Called with each decision about a role. */
  onDecision?(request: AccessRequest, decision: Decision): void;
  /** Keys of the root user's beside it, for scripts that have fixed ones. @default none */
  readonly accessKeys?: readonly IssuedKey[];
}

/** A role as it is declared. */
export interface RoleDefinition {
  readonly inlinePolicies?: readonly { readonly name?: string; readonly policy?: string }[];
  readonly managedPolicyArns?: readonly string[];
  /** ARN of the policy beyond which no other one grants. */
  readonly permissionsBoundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Roles' policies and access keys of the local cloud: who a request is from, and what that one is allowed. */
export class IamService {
  readonly accessKeys: AccessKeys = { lookup: (id) => this.#lookup(id) };
  readonly #onDecision: IamServiceOptions["onDecision"];
  readonly #ring: AccessKeyRing;
  readonly #accountId: string;
  readonly #region: string;
  readonly #rootArn: string;
  readonly #roles = new Map<string, RoleDefinition>();
  /** Policies that are part of a role, by the role's name and then their own. */
  readonly #inline = new Map<string, Map<string, PolicyDocument>>();
  /** Keyed by ARN. */
  readonly #managed = new Map<string, PolicyDocument>();
  /** ARNs of managed policies by the role's name. */
  readonly #attached = new Map<string, Set<string>>();

  constructor({ accountId, region, keyFile, accessKeys, onDecision }: IamServiceOptions) {
    this.#onDecision = onDecision;
    this.#accountId = accountId;
    this.#region = region;
    this.#rootArn = `arn:aws:iam::${accountId}:root`;
    this.#ring = new AccessKeyRing(keyFile, this.#rootArn, accessKeys);
  }

  /** The key of the account's root user, who may do everything: for the person at the machine. */
  get rootKey(): IssuedKey {
    return this.#ring.root;
  }

  /** Temporary credentials of a role, in a session of this name. */
  credentials(roleArn: string, session: string): TemporaryCredentials {
    return this.#ring.issue(roleArn, session);
  }

  /** Temporary credentials of the root user's, until then (ms since 1970). */
  rootSession(expiration: number): TemporaryCredentials {
    return this.#ring.issueRootSession(expiration);
  }

  putRole(name: string, role: RoleDefinition): void {
    this.#roles.set(name, role);
  }

  deleteRole(name: string): void {
    this.#roles.delete(name);
  }

  /** Makes a policy part of a role. */
  putRolePolicy(role: string, name: string, document: unknown): void {
    const policies = this.#inline.get(role) ?? new Map<string, PolicyDocument>();
    this.#inline.set(role, policies.set(name, parsePolicy(document, "identity")));
  }

  deleteRolePolicy(role: string, name: string): void {
    this.#inline.get(role)?.delete(name);
  }

  putManagedPolicy(arn: string, document: unknown): void {
    this.#managed.set(arn, parsePolicy(document, "identity"));
  }

  deleteManagedPolicy(arn: string): void {
    this.#managed.delete(arn);
  }

  /** Attaches a managed policy, as it is at each request. */
  attachPolicy(role: string, arn: string): void {
    this.#attached.set(role, (this.#attached.get(role) ?? new Set()).add(arn));
  }

  detachPolicy(role: string, arn: string): void {
    this.#attached.get(role)?.delete(arn);
  }

  /** Evaluates the policies of the principal itself. */
  authorize(request: AccessRequest): Decision {
    if (request.principal === this.#rootArn) return "allowed";
    const decision = this.#decide(request);
    this.#onDecision?.(request, decision);
    return decision;
  }

  /** The policies of each role, by its name. */
  get rolePolicies(): ReadonlyMap<string, readonly PolicyDocument[]> {
    return new Map([...this.#roles.keys()].map((name) => [name, this.#policiesOf(name)]));
  }

  #decide(request: AccessRequest): Decision {
    const name = roleName(request.principal);
    const { permissionsBoundary } = this.#roles.get(name) ?? {};
    const decision = evaluatePolicy(this.#policiesOf(name), request);
    if (permissionsBoundary === undefined || decision === "explicitDeny") return decision;
    const boundary = evaluatePolicy(this.#managedPolicy(permissionsBoundary), request);
    if (boundary === "allowed") return decision;
    return boundary === "explicitDeny" ? boundary : "boundaryDeny";
  }

  /** Who signed a request; `undefined` where it is not signed. @throws SignatureError where the signature does not hold */
  async verify(
    request: HttpRequest,
    service: "lambda" | "execute-api" | "monitoring" | "sts",
  ): Promise<Caller | undefined> {
    const values = new Map<string, string[]>();
    for (const [name, value] of request.headers) {
      const key = name.toLowerCase();
      values.set(key, [...(values.get(key) ?? []), value]);
    }
    const headers = Object.fromEntries(values);
    if (headers.authorization === undefined && !request.rawQuery.includes("X-Amz-Signature="))
      return undefined;
    const url = request.rawQuery ? `${request.rawPath}?${request.rawQuery}` : request.rawPath;
    const bodyHash = hash("sha256", request.body);
    const signed = { method: request.method, url, headers, bodyHash };
    // STS has an endpoint in every region, and they answer alike.
    const scope = { service, region: service === "sts" ? undefined : this.#region };
    const { accessKeyId } = await verifySignature(signed, (id) => this.#ring.lookup(id), scope);
    const key = this.#lookup(accessKeyId);
    if (!key) return undefined;
    const { principal, userArn, userId, tags } = key;
    return { accessKey: accessKeyId, accountId: this.#accountId, principal, userArn, userId, tags };
  }

  #policiesOf(name: string): PolicyDocument[] {
    const { inlinePolicies = [], managedPolicyArns = [] } = this.#roles.get(name) ?? {};
    const attached = [...(this.#attached.get(name) ?? []), ...managedPolicyArns];
    return [
      ...(this.#inline.get(name)?.values() ?? []),
      ...inlinePolicies.map(({ policy }) => parsePolicy(policy, "identity")),
      ...attached.flatMap((arn) => this.#managedPolicy(arn)),
    ];
  }

  #lookup(accessKeyId: string): AccessKey | undefined {
    const key = this.#ring.lookup(accessKeyId);
    return key && { ...key, tags: this.#roles.get(roleName(key.principal))?.tags };
  }

  /** None for an ARN of a policy that is neither deployed here nor AWS's. */
  #managedPolicy(arn: string): PolicyDocument[] {
    return [this.#managed.get(arn) ?? awsManagedPolicy(arn) ?? []].flat();
  }
}

function roleName(principal: string): string {
  return principal.split("/").at(-1) ?? "";
}
