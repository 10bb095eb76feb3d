import {
  type AliasConfiguration,
  DeleteFunctionCommand,
  GetAliasCommand,
  type LambdaClient,
  ListAliasesCommand,
  paginateListVersionsByFunction,
} from "@aws-sdk/client-lambda";

/** The alias that callers reach. */
export const ALIAS = "live";

export function liveAlias(lambda: LambdaClient, FunctionName: string): Promise<AliasConfiguration> {
  return lambda.send(new GetAliasCommand({ FunctionName, Name: ALIAS }));
}

/** Numbers of a function's versions, the newest first. */
export async function versionsOf(lambda: LambdaClient, FunctionName: string): Promise<number[]> {
  const versions: number[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction(
    { client: lambda },
    { FunctionName },
  )) {
    versions.push(...Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger));
  }
  return versions.sort((a, b) => b - a);
}

/**
 * Deletes old versions, whose code counts towards the account's 75 GB: all but the newest ones and those that an alias
 * names.
 *
 * @returns  The deleted ones.
 */
export async function pruneVersions(
  lambda: LambdaClient,
  FunctionName: string,
  keep: number,
): Promise<number[]> {
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const named = Aliases.flatMap(({ FunctionVersion, RoutingConfig }) => [
    Number(FunctionVersion),
    ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).map(Number),
  ]);
  const old = (await versionsOf(lambda, FunctionName))
    .slice(keep)
    .filter((version) => !named.includes(version));
  for (const version of old) {
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: String(version) }));
  }
  return old;
}
