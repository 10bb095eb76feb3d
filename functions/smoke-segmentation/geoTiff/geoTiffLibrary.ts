/** What is used of the library `geotiff`: a file of its own in the function's archive, loaded by the first GeoTIFF. */
export { addDecoder, BaseDecoder, fromArrayBuffer } from "geotiff";
