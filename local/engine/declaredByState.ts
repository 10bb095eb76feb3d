import type { Declared } from "../resources/declared";
import { parseUrn } from "../resources/parseUrn";
import { type Deployment, declaredOf } from "./deployment";
import { resourcesInState } from "./stateFile";

/** Live resources with what they depend on, which only the engine's state says. */
export function declaredByState(live: readonly Deployment[], dataDir: string): readonly Declared[] {
  const stacks = new Map(
    live.map(({ urn }) => {
      const { project, stack } = parseUrn(urn);
      return [`${project}/${stack}`, { project, stack }];
    }),
  );
  const dependencies = new Map(
    [...stacks.values()].flatMap((stack) =>
      resourcesInState(dataDir, stack).map(({ urn, dependencies = [] }) => [urn, dependencies]),
    ),
  );
  return live.map((deployment) => ({
    ...declaredOf(deployment),
    dependencies: dependencies.get(deployment.urn) ?? [],
  }));
}
