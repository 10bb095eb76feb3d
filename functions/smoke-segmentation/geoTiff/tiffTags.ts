/** Tags of TIFF 6.0 and GDAL that are looked at. */
export const TAG = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  fillOrder: 266,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
  gdalMetadata: 42112,
  gdalNodata: 42113,
} as const;

/**
 * Tags that say where on Earth an image lies: ModelPixelScale, ModelTiepoint, ModelTransformation, GeoKeyDirectory,
 * GeoDoubleParams, GeoAsciiParams. OGC 19-008r4, GeoTIFF 1.1.
 */
export const GEOREFERENCE_TAGS: readonly number[] = [33550, 33922, 34264, 34735, 34736, 34737];

/** Values of {@link TAG.compression} that are taken. */
export const COMPRESSION = { none: 1, lzw: 5, deflate: 8, oldDeflate: 32946 } as const;

/** Bytes a value takes, by a field's type. TIFF 6.0, section 2; 16 to 18 are BigTIFF's. */
export const TYPE_BYTES: Readonly<Partial<Record<number, number>>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
