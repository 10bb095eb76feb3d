/** Begins the keys of results in the upload bucket; nothing is uploaded there. */
export const RESULTS = "predictions/";
