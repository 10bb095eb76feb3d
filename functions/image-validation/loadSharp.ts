import { lazy } from "../shared/lazy";

type Sharp = typeof import("sharp");

/**
 * sharp, loaded when the first image comes (its libvips costs a cold start tens of milliseconds) and set up for
 * a function: one image at a time on one thread, no cache of operations that never repeat, and no loader but
 * those of JPEG, PNG and WebP, whatever a file claims to be. That holds for the whole process.
 */
export const loadSharp = lazy(() => configure(require("sharp") as Sharp));

function configure(sharp: Sharp): Sharp {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
  });
  return sharp;
}
