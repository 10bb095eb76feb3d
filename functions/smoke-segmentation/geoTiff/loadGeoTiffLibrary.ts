import { inflateSync } from "node:zlib";
import { lazy } from "../../shared/lazy";
import { decodeLzw } from "./decodeLzw";
import type * as GeoTiffLibrary from "./geoTiffLibrary";
import { COMPRESSION } from "./tiffTags";

const library = lazy(() => module.require("./geoTiffLibrary") as typeof GeoTiffLibrary);

/**
 * The library `geotiff`, loaded when the first GeoTIFF comes. Its own decoders of LZW and DEFLATE write as much as the
 * file says; these stop at a block's size, and are several times as fast.
 *
 * @param blockBytes  Largest size of a decoded block; holds until the next call.
 */
export function loadGeoTiffLibrary(blockBytes: number): typeof GeoTiffLibrary {
  const loaded = library();
  const { addDecoder, BaseDecoder } = loaded;
  const decoder = (decode: (block: Uint8Array) => Uint8Array) =>
    class extends BaseDecoder {
      override decodeBlock(block: ArrayBufferLike): ArrayBufferLike {
        const { buffer, byteOffset, byteLength } = decode(new Uint8Array(block));
        return buffer.slice(byteOffset, byteOffset + byteLength);
      }
    };
  const lzw = decoder((block) => decodeLzw(block, blockBytes));
  const deflate = decoder((block) => inflateSync(block, { maxOutputLength: blockBytes }));
  addDecoder(COMPRESSION.lzw, async () => lzw);
  addDecoder([COMPRESSION.deflate, COMPRESSION.oldDeflate], async () => deflate);
  return loaded;
}
