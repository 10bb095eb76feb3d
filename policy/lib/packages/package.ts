import type { Elf } from "./readElf";

/** A file of a function's or layer's archive. */
export interface PackagedFile {
  /** Below the archive's root, with `/`. */
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** The platform of a program or library; `undefined` for any other file. */
  readonly native: NativeFile | undefined;
  /** The kind of secret that it seems to hold, e.g. `a private key`. */
  readonly secret: string | undefined;
  /** Whether Git LFS left a pointer in its place. */
  readonly isPointer: boolean;
  /** Unix mode, where the archive was made on Unix and has one. */
  readonly mode?: number;
  /** Digest, of models only. */
  readonly sha256?: string;
  /** Source code, which handlers are looked for in. */
  readonly code?: string;
}

export type NativeFile =
  | ({ readonly format: "ELF" } & Elf)
  | { readonly format: "Mach-O" | "Windows" }
  | { readonly format: "damaged"; readonly reason: string };

/** An archive, opened. */
export interface Package {
  /** Name for messages: the file, the folder, or the names in an AssetArchive. */
  readonly source: string;
  /** Bytes that are uploaded. */
  readonly zippedSize: number;
  readonly files: readonly PackagedFile[];
}
