import { AwsError } from "../../http/awsError";
import { type AccessRequest, type Decision, evaluatePolicy } from "../iam/evaluatePolicy";
import { type FunctionAlias, type FunctionRecord, resolveVersion } from "./functionRecord";
import type { FunctionVersion } from "./functionVersion";
import { type FunctionName, parseFunctionName } from "./parseFunctionName";
import { type PolicyStatement, resourcePolicy } from "./resourcePolicy";

/** Functions by name, and what hangs on them: aliases, permissions, concurrency, retries. */
export class FunctionStore {
  protected readonly functions = new Map<string, FunctionRecord>();
  readonly #place: { readonly region: string; readonly accountId: string };

  constructor(place: { readonly region: string; readonly accountId: string }) {
    this.#place = place;
  }

  /** ARN of a function, with a qualifier that of a version or alias. */
  functionArn(functionName: string, qualifier?: string): string {
    const { region, accountId } = this.#place;
    return `arn:aws:lambda:${region}:${accountId}:function:${functionName}${qualifier ? `:${qualifier}` : ""}`;
  }

  /** The configuration behind a qualifier; throws ResourceNotFoundException. */
  getFunction(nameOrArn: string, qualifier?: string): FunctionVersion {
    return this.resolve(nameOrArn, qualifier).version;
  }

  /** Every function, by name. */
  list(): readonly FunctionRecord[] {
    return [...this.functions.values()].sort((a, b) =>
      a.latest.configuration.functionName < b.latest.configuration.functionName ? -1 : 1,
    );
  }

  /** Describes a version of a function as Lambda does. @throws AwsError  ResourceNotFoundException, … */
  find(nameOrArn: string, qualifier: string | undefined) {
    const { record, version, functionName, qualifier: resolved } = this.resolve(nameOrArn, qualifier);
    return {
      functionName,
      version,
      arn: this.functionArn(functionName, resolved),
      aliases: [...record.aliases.values()],
      versions: [record.latest, ...record.versions.values()],
      reservedConcurrency: record.runner.scheduler.reservedConcurrency,
    };
  }

  /** Caps a function's concurrent requests; 0 throttles each, `undefined` takes the cap away. */
  putReservedConcurrency(functionName: string, reserved: number | undefined): void {
    this.record(functionName).runner.scheduler.reservedConcurrency = reserved;
  }

  /** Creates or moves an alias; the version that no alias has any more ends its instances. */
  putAlias(functionName: string, alias: FunctionAlias): void {
    const record = this.record(functionName);
    for (const version of [alias.functionVersion, ...Object.keys(alias.additionalVersionWeights ?? {})]) {
      if (version !== "$LATEST" && !record.versions.has(version)) {
        throw this.notFound(functionName, version);
      }
    }
    if (record.provisioned.has(alias.name)) rejectWeights(alias);
    const before = record.aliases.get(alias.name)?.functionVersion;
    record.aliases.set(alias.name, alias);
    const used = [...record.aliases.values()].some((other) => other.functionVersion === before);
    const left = before === undefined || used ? undefined : record.versions.get(before);
    if (left) record.runner.scheduler.retire(left.digest);
  }

  /** Deletes a version that no alias names. @throws AwsError  ResourceConflictException */
  deleteVersion(functionName: string, version: string): void {
    const record = this.record(functionName);
    const found = record.versions.get(version);
    if (!found) throw this.notFound(functionName, version);
    const named = [...record.aliases.values()].filter(
      (alias) =>
        alias.functionVersion === version || Object.hasOwn(alias.additionalVersionWeights ?? {}, version),
    );
    if (named.length > 0) {
      const message = `Version was not able to be deleted because the following aliases reference it: ${named.map(({ name }) => name).join(", ")}`;
      throw new AwsError("ResourceConflictException", 409, message);
    }
    record.versions.delete(version);
    record.runner.scheduler.retire(found.digest);
  }

  /** Keeps in mind that a version or alias has instances started ahead, or no longer. */
  protected setProvisioned(record: FunctionRecord, qualifier: string, isProvisioned: boolean): void {
    const alias = record.aliases.get(qualifier);
    if (!isProvisioned) record.provisioned.delete(qualifier);
    else {
      if (alias) rejectWeights(alias);
      record.provisioned.add(qualifier);
    }
  }

  deleteAlias(functionName: string, name: string): void {
    this.functions.get(functionName)?.aliases.delete(name);
  }

  addPermission(functionName: string, statement: PolicyStatement): void {
    const record = this.record(functionName);
    record.policy.set(statement.statementId, statement);
    record.policyDocument = undefined;
  }

  removePermission(functionName: string, statementId: string): void {
    const record = this.functions.get(functionName);
    if (record?.policy.delete(statementId)) record.policyDocument = undefined;
  }

  /** Evaluates the function's resource-based policy for a request to a version or alias of it. */
  authorize(
    functionName: string,
    qualifier: string | undefined,
    request: Omit<AccessRequest, "resource">,
  ): Decision {
    const record = this.functions.get(functionName);
    if (record === undefined) return "implicitDeny";
    record.policyDocument ??= resourcePolicy([...record.policy.values()], (of) =>
      this.resourceArn(functionName, of),
    );
    const resource = this.resourceArn(functionName, qualifier);
    return evaluatePolicy([record.policyDocument], { resource, ...request });
  }

  /** The ARN by which policies name a version or alias: `$LATEST` is the function itself. */
  resourceArn(functionName: string, qualifier: string | undefined): string {
    return this.functionArn(functionName, qualifier === "$LATEST" ? undefined : qualifier);
  }

  deleteEventInvokeConfig(functionName: string, qualifier: string | undefined): void {
    this.functions.get(functionName)?.eventInvokeConfigs.delete(qualifier ?? "$LATEST");
  }

  protected record(functionName: string): FunctionRecord {
    const record = this.functions.get(functionName);
    if (!record) throw this.notFound(functionName);
    return record;
  }

  /**
   * @param whenMissing  The qualifier that the error names where none was asked for.
   * @throws AwsError    No such function or qualifier, two qualifiers, another region.
   */
  protected resolve(nameOrArn: string, qualifier: string | undefined, whenMissing?: string) {
    const { functionName, qualifier: resolved } = this.nameOf(nameOrArn, qualifier);
    const record = this.functions.get(functionName);
    const version = record && resolveVersion(record, resolved);
    if (!version) throw this.notFound(functionName, resolved ?? whenMissing);
    return { record, version, functionName, qualifier: resolved };
  }

  /** Name and qualifier that are asked for, whether there is such a function or not. @throws AwsError */
  nameOf(nameOrArn: string, qualifier: string | undefined): FunctionName {
    const { functionName, region, ...parsed } = parseFunctionName(nameOrArn);
    if (region !== undefined && region !== this.#place.region) {
      const message = `Functions from '${region}' are not reachable in this region ('${this.#place.region}')`;
      throw new AwsError("ResourceNotFoundException", 404, message);
    }
    if (parsed.qualifier !== undefined && qualifier !== undefined && parsed.qualifier !== qualifier) {
      const message = "The derived qualifier from the function name does not match the specified qualifier.";
      throw new AwsError("InvalidParameterValueException", 400, message);
    }
    return { functionName, qualifier: qualifier ?? parsed.qualifier };
  }

  protected notFound(functionName: string, qualifier?: string): AwsError {
    const arn = this.functionArn(functionName, qualifier);
    return new AwsError("ResourceNotFoundException", 404, `Function not found: ${arn}`);
  }
}

/** @throws AwsError  AWS's own words. */
function rejectWeights({ additionalVersionWeights = {} }: FunctionAlias): void {
  if (Object.keys(additionalVersionWeights).length === 0) return;
  const message = "Alias with weights can not be used with Provisioned Concurrency";
  throw new AwsError("InvalidParameterValueException", 400, message);
}
