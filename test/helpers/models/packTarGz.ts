import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

/** One entry of an archive: a file's content, or a header with what is unusual about it. */
export type TarEntry = Partial<Header> & { readonly name: string; readonly content?: string | Uint8Array };

/** A `tar.gz` of these entries, just as they are said, sound or not. */
export async function packTarGz(...entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = "", ...header } of entries) tar.entry(header, Buffer.from(content));
  tar.finalize();
  return gzipSync(await buffer(tar));
}
