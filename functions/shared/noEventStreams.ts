/**
 * The AWS SDK's event streams, which no operation has that functions call: in bundles, this takes their place. The SDK also
 * imports them dynamically, for which a bundler keeps their modules, and all that those import, from being merged.
 */
function leftOut(): never {
  throw new Error("Event streams are not in this bundle: see infra/packaging/bundleFunction.ts");
}

export const eventStreamSerdeProvider = leftOut;

export const EventStreamSerde = leftOut;

export function resolveEventStreamSerdeConfig<T>(config: T): T {
  return config;
}
