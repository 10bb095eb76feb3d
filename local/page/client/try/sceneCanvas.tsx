import { useEffect, useRef } from "preact/hooks";
import { type Plane, paintBands, paintMask } from "./raster";

interface SceneCanvasProps {
  /** The bands that are red, green and blue; none where the page cannot read the file. */
  readonly bands: readonly [Plane, Plane, Plane] | undefined;
  readonly mask: Plane | undefined;
  /** The mask's, 0 to 1. */
  readonly opacity: number;
  readonly label: string;
}

/** Nothing on the ground is of this colour. */
const MASK_COLOUR = [255, 64, 129] as const;

/** A scene, and a mask over it. */
export function SceneCanvas({ bands, mask, opacity, label }: SceneCanvasProps) {
  const scene = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  useEffect(() => paint(scene.current, bands?.[0], bands && paintBands(bands)), [bands]);
  useEffect(() => paint(over.current, mask, mask && paintMask(mask, MASK_COLOUR)), [mask]);
  const size = bands?.[0] ?? mask;
  return (
    <div
      class="scene"
      role="img"
      aria-label={label}
      style={{ aspectRatio: size && `${size.width} / ${size.height}` }}
    >
      <canvas ref={scene} />
      <canvas ref={over} style={{ opacity }} />
    </div>
  );
}

function paint(
  canvas: HTMLCanvasElement | null,
  size: Plane | undefined,
  pixels: Uint8ClampedArray<ArrayBuffer> | undefined,
): void {
  if (!canvas) return;
  canvas.width = size?.width ?? 1;
  canvas.height = size?.height ?? 1;
  if (size && pixels)
    canvas.getContext("2d")?.putImageData(new ImageData(pixels, size.width, size.height), 0, 0);
}
