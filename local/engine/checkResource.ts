import { resourceTypeOf } from "../cloud/resourceTypes";
import { validateAgainst } from "../cloud/validateAgainst";
import { fromWire } from "../program/wireValue";
import { parseUrn } from "../resources/parseUrn";
import { faultsOf, type PropertyFault, regionFaults } from "../resources/treatment";
import type { Properties } from "../resources/value";
import type { CheckSession } from "./checkSessions";
import type { DeploymentStore } from "./deploymentStore";
import { randomName } from "./randomName";

/**
 * The inputs with a physical name filled in, and what AWS would reject of them, by themselves or in view of the
 * resources that are live and those that were checked before.
 *
 * @param olds  The inputs in the stack's state.
 * @param root  What relative paths of archives and assets are relative to.
 * @returns     A failure's property is empty where no single one is to blame.
 */
export function checkResource(
  {
    urn,
    olds,
    news,
    proposedName,
  }: {
    readonly urn: string;
    readonly olds: Properties;
    readonly news: Properties;
    /** Name by the setting `pulumi:autonaming`. */
    readonly proposedName?: string | undefined;
  },
  session: CheckSession,
  store: DeploymentStore,
  { root, place }: { readonly root: string; readonly place: { readonly region: string } },
): { inputs: Properties; failures: readonly PropertyFault[] } {
  const { type, name } = parseUrn(urn);
  const inputs = { ...news };
  const isNew = session.isNew(urn, olds);
  try {
    const resourceType = resourceTypeOf(type, name);
    const faults = faultsOf(news, resourceType.properties);
    faults.push(...regionFaults(fromWire(news, root) as Properties, place));
    if (faults.length > 0) return { inputs, failures: faults };
    const naming = resourceType.autoName;
    if (naming && news[naming.property] === undefined && news[`${naming.property}Prefix`] === undefined) {
      const orphan = isNew ? store.findOrphan(urn) : undefined;
      inputs[naming.property] =
        olds[naming.property] ?? orphan?.inputs[naming.property] ?? proposedName ?? randomName(name, naming);
    }
    const checked = { urn, type, name, inputs: fromWire(inputs, root) as Properties };
    resourceType.check?.(checked.inputs, name);
    const own = isNew ? undefined : store.findByInputs(urn, fromWire(olds, root) as Properties);
    session.register({ ...checked, own, isNew });
    validateAgainst(checked, session.siblings(store.live));
    return { inputs, failures: [] };
  } catch (error) {
    return { inputs, failures: [{ property: "", reason: (error as Error).message }] };
  }
}
