import type { PropertiesOf, ResourceToken } from "./resourceTypes";

/** A resource as a resource rule sees it: its inputs, before anything is made of them. */
export type Judged<T extends ResourceToken> = {
  readonly [K in T]: {
    readonly type: K;
    readonly name: string;
    readonly urn: string;
    readonly props: PropertiesOf<K>;
    readonly protect: boolean;
    readonly deleteBeforeReplace: boolean;
  };
}[T];
