/** Bytes of a synchronous request. */
export const maxRequestBytes = 6_291_456;
/** Bytes of an asynchronous request (1 MB since October 2025). */
export const maxEventBytes = 1_048_576;
/** Bytes of a response; AWS allows 100 more than in the other direction. */
export const maxResponseBytes = 6_291_556;
