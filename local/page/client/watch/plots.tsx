import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { RequestSummary } from "../../apiTypes";
import { clock } from "./format";

interface PlotProps {
  readonly requests: readonly RequestSummary[];
}

/** Latency and memory over time. */
export function Plots({ requests }: PlotProps) {
  return (
    <div class="plots">
      <Plot
        title="Latency"
        unit="ms"
        requests={requests}
        measure={({ durationMs }) => Math.round(durationMs * 10) / 10}
      />
      <Plot
        title="Memory"
        unit="MB"
        requests={requests}
        measure={({ invocation }) => invocation?.maxMemoryUsedMb}
      />
    </div>
  );
}

interface OneProps extends PlotProps {
  readonly title: string;
  readonly unit: string;
  readonly measure: (request: RequestSummary) => number | undefined;
}

const HEIGHT = 150;
/** px between two times below a plot. */
const TIME_SPACE = 80;

/** A point a request; cold starts are drawn in a second colour. */
function Plot({ title, unit, requests, measure }: OneProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const points = requests.filter((request) => measure(request) !== undefined).reverse();
  const values = points.map((request) => measure(request) ?? 0);

  useEffect(() => {
    const parent = place.current;
    if (!parent) return;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsFor(parent, unit), [[], [], []], parent);
    };
    draw();
    const resized = new ResizeObserver(() =>
      plot.current?.setSize({ width: parent.clientWidth, height: HEIGHT }),
    );
    resized.observe(parent);
    // Colours are read when a plot is drawn.
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener("change", draw);
      plot.current?.destroy();
    };
  }, [unit]);

  useEffect(() => {
    const isCold = ({ invocation }: RequestSummary) => invocation?.initMs !== undefined;
    const only = (wanted: boolean) =>
      points.map((request, index) => (isCold(request) === wanted ? (values[index] ?? null) : null));
    const times = points.map(({ time }) => Date.parse(time) / 1000);
    plot.current?.setData([times, only(false), only(true)]);
  }, [points, values]);

  const summary =
    values.length === 0 ? "no values" : `${Math.min(...values)} to ${Math.max(...values)} ${unit}`;
  return (
    <figure class="card plot">
      <figcaption class="row between">
        <h2>{title}</h2>
        <span class="legend dim">
          <span class="dot warm" /> warm <span class="dot cold" /> cold
        </span>
      </figcaption>
      <div ref={place} role="img" aria-label={`${title} of the last ${values.length} requests: ${summary}`} />
    </figure>
  );
}

function optionsFor(parent: HTMLElement, unit: string): uPlot.Options {
  const colour = (name: string) => getComputedStyle(parent).getPropertyValue(name).trim();
  const resolved = (name: string) => resolve(parent, colour(name));
  const axis = {
    stroke: resolved("--dim"),
    grid: { stroke: resolved("--border"), width: 1 },
    ticks: { show: false },
  };
  const series = (name: string) => ({
    stroke: resolved(name),
    fill: undefined,
    paths: () => null,
    points: { show: true, size: 6, fill: resolved(name), width: 0 },
  });
  return {
    width: parent.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(max, 1) * 1.1] } },
    axes: [
      {
        ...axis,
        size: 28,
        space: TIME_SPACE,
        values: (_plot, splits) =>
          splits.map((seconds, i) =>
            isSameSecond(seconds, splits[i - 1]) ? "" : clock(new Date(seconds * 1000).toISOString()),
          ),
      },
      { ...axis, size: 64, values: (_plot, splits) => splits.map((split) => `${split} ${unit}`) },
    ],
    series: [{}, series("--accent-fill"), series("--cold")],
  };
}

/** Whether a time would be written as the one before it, which a plot of less than some seconds has. */
function isSameSecond(seconds: number, before: number | undefined): boolean {
  return before !== undefined && Math.floor(seconds) === Math.floor(before);
}

/** The colour that `light-dark()` chooses: a canvas does not know that function. */
function resolve(parent: HTMLElement, value: string): string {
  const probe = document.createElement("span");
  probe.style.color = value;
  parent.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
