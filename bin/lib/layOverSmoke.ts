/** Opacity of the colour where smoke is certain; the ground stays visible. */
const MAX_OPACITY = 0.8;

/** From no smoke to certain smoke: violet to yellow, which neither ground, water, cloud nor smoke itself has. */
const COLOURS = [
  [68, 1, 120],
  [160, 20, 160],
  [220, 60, 110],
  [250, 140, 50],
  [250, 230, 40],
] as const;

/**
 * Lays the colour of a smoke probability over one pixel, the more opaque the likelier smoke is.
 *
 * @param rgb  Image, three bytes a pixel; changed in place.
 * @param at  Index of the pixel's first byte.
 * @param probability  0 to 1; what is not a number shows nothing.
 */
export function layOverSmoke(rgb: Uint8Array, at: number, probability: number): void {
  if (!(probability > 0)) return;
  const p = Math.min(probability, 1);
  const position = p * (COLOURS.length - 1);
  const lower = COLOURS[Math.floor(position)] as readonly number[];
  const upper = COLOURS[Math.ceil(position)] as readonly number[];
  const part = position % 1;
  const opacity = MAX_OPACITY * p;
  for (let channel = 0; channel < 3; channel++) {
    const from = lower[channel] as number;
    const colour = from + ((upper[channel] as number) - from) * part;
    rgb[at + channel] = Math.round((rgb[at + channel] as number) * (1 - opacity) + colour * opacity);
  }
}
