import type * as pulumi from "@pulumi/pulumi";

/** A plain value as it crosses Pulumi's wire. Archives and assets appear as {@link ArchiveValue} and {@link AssetValue}. */
export type Value = unknown;

/** Property bag of a resource of any type, by Pulumi's (camelCase) property names. */
export type Properties = Record<string, Value>;

/** A Pulumi `FileArchive`: absolute path of a zip file or a folder; empty for old state, which holds only the hash. */
export interface ArchiveValue {
  readonly archive: string;
  /** Hash of the content, hex; only the engine sends it. */
  readonly sha256?: string;
}

/** A Pulumi `FileAsset` (absolute path, and its content's hash in hex, by which a change is seen) or `StringAsset` (text). */
export type AssetValue = { readonly asset: string; readonly sha256?: string } | { readonly text: string };

/**
 * A value that AWS gives later, as it appears in a preview. Neither a string nor a number, so that using it as one by
 * mistake throws.
 */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/**
 * A value of Pulumi's with its outputs resolved: a resource as its id, archives and assets as paths. Pulumi declares
 * both without members, so types cannot tell them apart.
 */
export type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends pulumi.OutputInstance<infer Resolved> | Promise<infer Resolved>
    ? Plain<Resolved>
    : T extends { readonly urn: pulumi.Output<string> }
      ? string
      : T extends readonly (infer Item)[]
        ? readonly Plain<Item>[]
        : keyof T extends never
          ? ArchiveValue | AssetValue
          : { readonly [Key in keyof T]: Plain<T[Key]> };

/** {@link Plain} before the deployment: anything in it may be unknown. */
export type Preview<T> =
  | Unknown
  | (T extends ArchiveValue | AssetValue
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Preview<Item>[]
        : T extends object
          ? PreviewOf<T>
          : T);

/** An object that is known itself, although what is in it may not be. */
export type PreviewOf<T> = { readonly [Key in keyof T]: Preview<T[Key]> };

/** The value, or `undefined` where it is not known yet. */
export function known<T>(value: T | Unknown): T | undefined {
  return value === UNKNOWN ? undefined : (value as T);
}

/** A template literal's tag: text made of values, unknown when one of them is. */
export function preview(
  parts: TemplateStringsArray,
  ...values: readonly (string | Unknown)[]
): string | Unknown {
  if (values.includes(UNKNOWN)) return UNKNOWN;
  return String.raw({ raw: parts }, ...values.map(String));
}

/** An output that AWS leaves out, although Pulumi's class says that it is always there. */
export const ABSENT = undefined as never;
