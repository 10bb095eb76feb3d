import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { AccessKey, AccessKeys } from "./accessKeys";

/** What a client of AWS signs with, by the SDK's names. */
export interface IssuedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials, as roles have them, come with one. */
  readonly sessionToken?: string;
}

/** Temporary credentials of a role. */
export type RoleCredentials = Required<IssuedKey>;

/** The access keys of the local cloud: one for the account's root user, which outlives a restart, and temporary ones for roles. */
export class AccessKeyRing implements AccessKeys {
  readonly root: IssuedKey;
  private readonly byId = new Map<string, AccessKey>();
  private readonly byRole = new Map<string, RoleCredentials>();

  /** @param file where the root user's key is kept, readable by this user alone */
  constructor(file: string, rootArn: string) {
    this.root = readOrMake(file);
    this.add(rootArn, this.root);
  }

  /** The same for as long as this process runs. */
  issue(roleArn: string): RoleCredentials {
    const issued = this.byRole.get(roleArn);
    if (issued) return issued;
    const key = { ...newKey("ASIA"), sessionToken: randomBytes(96).toString("base64") };
    this.byRole.set(roleArn, key);
    this.add(roleArn, key);
    return key;
  }

  lookup(accessKeyId: string): AccessKey | undefined {
    return this.byId.get(accessKeyId);
  }

  private add(principal: string, { accessKeyId, secretAccessKey, sessionToken }: IssuedKey): void {
    this.byId.set(accessKeyId, { principal, secretAccessKey, sessionToken });
  }
}

function readOrMake(file: string): IssuedKey {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key = newKey("AKIA");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(key, undefined, 2)}\n`, { mode: 0o600 });
  return key;
}

/** In AWS's form: 20 capitals and digits, 40 characters of base64. */
function newKey(prefix: "AKIA" | "ASIA"): IssuedKey {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const id = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return { accessKeyId: prefix + id, secretAccessKey: randomBytes(30).toString("base64") };
}
