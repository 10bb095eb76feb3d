import type { RemoteComponent } from "../resources/remoteComponent";
import { vpcComponent } from "../services/network/vpcComponent";

/** Every remote component that the local cloud brings. */
export const REMOTE_COMPONENTS: readonly RemoteComponent[] = [vpcComponent];

/** @throws Error  A remote component that is not known, by its name: its children would be missing without a word. */
export function remoteComponentOf(type: string, name: string): RemoteComponent {
  const found = REMOTE_COMPONENTS.find((component) => component.type === type);
  if (found === undefined)
    throw new Error(`The local cloud does not know the remote component ${type} ("${name}").`);
  return found;
}
