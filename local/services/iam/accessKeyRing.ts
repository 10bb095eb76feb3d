import { randomBytes } from "node:crypto";
import { readDataFile, writeDataFile } from "../../resources/dataFile";
import type { AccessKey, AccessKeys, Identity } from "./accessKeys";
import { roleId } from "./roleId";
import { SignatureError } from "./sigv4/signatureError";

/** A client's credentials, by the SDK's names. */
export interface IssuedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials, as roles have them, come with one. */
  readonly sessionToken?: string;
}

/** Credentials of a session. */
export type TemporaryCredentials = Required<IssuedKey>;

/** The access keys of the local cloud: one for the account's root user, which outlives a restart, further ones of that user's, and temporary ones for roles' sessions. */
export class AccessKeyRing implements AccessKeys {
  readonly root: IssuedKey;
  readonly #rootUser: Identity;
  readonly #byId = new Map<string, AccessKey>();
  readonly #bySession = new Map<string, TemporaryCredentials>();

  /**
   * @param file     Where the root user's key is kept, readable by this user alone.
   * @param further  Keys of the root user's beside it. @default none
   */
  constructor(file: string, rootArn: string, further: readonly IssuedKey[] = []) {
    this.root = readOrMake(file);
    const [, , , , accountId = ""] = rootArn.split(":");
    this.#rootUser = { principal: rootArn, userArn: rootArn, userId: accountId };
    for (const key of [...further, this.root]) this.#add(key, this.#rootUser);
  }

  /**
   * The same for as long as this process runs.
   * @param session  Name of the role's session; Lambda's is the function's name.
   */
  issue(roleArn: string, session: string): TemporaryCredentials {
    const role = roleArn.split("/").at(-1) ?? "";
    const userArn = `arn:aws:sts::${roleArn.split(":")[4]}:assumed-role/${role}/${session}`;
    const issued = this.#bySession.get(userArn);
    if (issued) return issued;
    const key = newTemporaryKey();
    this.#bySession.set(userArn, key);
    this.#add(key, { principal: roleArn, userArn, userId: `${roleId(role)}:${session}` });
    return key;
  }

  /**
   * Makes temporary credentials of the root user's.
   * @param expiration  ms since 1970.
   */
  issueRootSession(expiration: number): TemporaryCredentials {
    const key = newTemporaryKey();
    this.#add(key, { ...this.#rootUser, expiration });
    return key;
  }

  /** @throws SignatureError  ExpiredToken */
  lookup(accessKeyId: string): AccessKey | undefined {
    const key = this.#byId.get(accessKeyId);
    if (key?.expiration === undefined || Date.now() < key.expiration) return key;
    throw new SignatureError("ExpiredToken", "The provided token has expired.");
  }

  #add(
    { accessKeyId, secretAccessKey, sessionToken }: IssuedKey,
    owner: Omit<AccessKey, "secretAccessKey" | "sessionToken">,
  ): void {
    this.#byId.set(accessKeyId, { ...owner, secretAccessKey, sessionToken });
  }
}

function readOrMake(file: string): IssuedKey {
  const kept = readDataFile<IssuedKey>(file, "delete it, and the administrator gets another key");
  if (kept) return kept;
  const key = newKey("AKIA");
  writeDataFile(file, key, 0o600);
  return key;
}

function newTemporaryKey(): TemporaryCredentials {
  return { ...newKey("ASIA"), sessionToken: randomBytes(96).toString("base64") };
}

/** In AWS's form: 20 capitals and digits, 40 characters of base64. */
function newKey(prefix: "AKIA" | "ASIA"): IssuedKey {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const id = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return { accessKeyId: prefix + id, secretAccessKey: randomBytes(30).toString("base64") };
}
