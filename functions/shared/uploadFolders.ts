/** Begins the keys of smoke-segmentation's results in the upload bucket. */
export const RESULTS = "predictions/";

/** Begins the keys of batches there, each of which starts work when it is uploaded. */
export const BATCHES = "batches/";
