/**
 * The parts of the library `geotiff` that are used: a file of its own in the function's archive, loaded by the first
 * GeoTIFF.
 */
export { addDecoder, BaseDecoder, fromArrayBuffer } from "geotiff";
