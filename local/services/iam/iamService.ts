import { createHash } from "node:crypto";
import type { HttpRequest } from "../../http/message";
import type { Caller, Callers } from "../gateway/callers";
import { AccessKeyRing, type IssuedKey, type RoleCredentials } from "./accessKeyRing";
import type { AccessKeys } from "./accessKeys";
import { type AccessRequest, type Decision, evaluatePolicy } from "./evaluatePolicy";
import { parsePolicy } from "./parsePolicy";
import type { PolicyDocument } from "./policyDocument";
import { verifySignature } from "./sigv4/verifySignature";

export interface IamServiceOptions {
  readonly accountId: string;
  /** What requests to the region's services have to be signed for. */
  readonly region: string;
  /** Where the root user's key is kept. */
  readonly keyFile: string;
}

/** Roles' policies and access keys of the local cloud: who a request is from, and what that one may do. */
export class IamService implements Callers {
  readonly accessKeys: AccessKeys;
  readonly #ring: AccessKeyRing;
  readonly #accountId: string;
  readonly #region: string;
  readonly #rootArn: string;
  /** Policies that are part of a role, by the role's name and then their own. */
  readonly #inline = new Map<string, Map<string, PolicyDocument>>();
  /** By ARN. */
  readonly #managed = new Map<string, PolicyDocument>();
  /** ARNs of managed policies by the role's name. */
  readonly #attached = new Map<string, Set<string>>();

  constructor({ accountId, region, keyFile }: IamServiceOptions) {
    this.#accountId = accountId;
    this.#region = region;
    this.#rootArn = `arn:aws:iam::${accountId}:root`;
    this.#ring = new AccessKeyRing(keyFile, this.#rootArn);
    this.accessKeys = this.#ring;
  }

  /** The key of the account's root user, who may do everything: for the person at the machine. */
  get rootKey(): IssuedKey {
    return this.#ring.root;
  }

  /** Temporary credentials of a role, in a session of this name. */
  credentials(roleArn: string, session: string): RoleCredentials {
    return this.#ring.issue(roleArn, session);
  }

  /** Makes a policy part of a role. */
  putRolePolicy(role: string, name: string, document: unknown): void {
    const policies = this.#inline.get(role) ?? new Map<string, PolicyDocument>();
    this.#inline.set(role, policies.set(name, parsePolicy(document)));
  }

  deleteRolePolicy(role: string, name: string): void {
    this.#inline.get(role)?.delete(name);
  }

  putManagedPolicy(arn: string, document: unknown): void {
    this.#managed.set(arn, parsePolicy(document));
  }

  deleteManagedPolicy(arn: string): void {
    this.#managed.delete(arn);
  }

  /** Attaches a managed policy, as it is at each request; of AWS's own, which are not here, nothing is granted. */
  attachPolicy(role: string, arn: string): void {
    this.#attached.set(role, (this.#attached.get(role) ?? new Set()).add(arn));
  }

  detachPolicy(role: string, arn: string): void {
    this.#attached.get(role)?.delete(arn);
  }

  /** What the policies of the principal itself say. */
  authorize(request: AccessRequest): Decision {
    if (request.principal === this.#rootArn) return "allowed";
    const role = request.principal.split("/").at(-1) ?? "";
    const attached = [...(this.#attached.get(role) ?? [])].flatMap((arn) => this.#managed.get(arn) ?? []);
    return evaluatePolicy([...(this.#inline.get(role)?.values() ?? []), ...attached], request);
  }

  /** Who signed a request; `undefined` where it is not signed. @throws SignatureError where the signature does not hold */
  async verify(request: HttpRequest, service: "lambda" | "execute-api"): Promise<Caller | undefined> {
    const values = new Map<string, string[]>();
    for (const [name, value] of request.headers) {
      const key = name.toLowerCase();
      values.set(key, [...(values.get(key) ?? []), value]);
    }
    const headers = Object.fromEntries(values);
    if (headers.authorization === undefined && !request.rawQuery.includes("X-Amz-Signature="))
      return undefined;
    const url = request.rawQuery ? `${request.rawPath}?${request.rawQuery}` : request.rawPath;
    const bodyHash = createHash("sha256").update(request.body).digest("hex");
    const signed = { method: request.method, url, headers, bodyHash };
    const scope = { service, region: this.#region };
    const { accessKeyId } = await verifySignature(signed, (id) => this.#ring.lookup(id), scope);
    const key = this.#ring.lookup(accessKeyId);
    if (!key) return undefined;
    const { principal, userArn, userId } = key;
    return { accessKey: accessKeyId, accountId: this.#accountId, principal, userArn, userId };
  }
}
