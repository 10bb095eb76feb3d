import { Graph, layout } from "@dagrejs/dagre";
import type { ResourceSummary } from "../../apiTypes";
import { BOX, MARGIN, PASSING_LINE, slotOf, stackColumns } from "./stackColumns";
import { stackEdges } from "./stackEdges";

/** A resource's place in the image. */
export interface StackNode {
  readonly resource: ResourceSummary;
  /** Coordinates of its middle. */
  readonly x: number;
  readonly y: number;
}

export interface StackImage {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly StackNode[];
  readonly edges: readonly StackEdge[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line from a resource to one that it depends on. */
export interface StackEdge {
  /** URNs. */
  readonly from: string;
  readonly to: string;
  /** From the right side of one, between others' boxes, to the left side of the other. */
  readonly points: readonly Point[];
}

/** Parts of a type that hold what a stack is for; the rest grants, connects and configures these. */
const MAIN =
  /^aws:(lambda\/(function|functionUrl|layerVersion)|apigateway\/(restApi|stage)|s3\/bucket(V2)?|efs\/(fileSystem|accessPoint)|sagemaker\/.+|dynamodb\/table|sqs\/queue|sns\/topic|secretsmanager\/secret|ecr\/repository):/;

/**
 * Lays the declared resources out, each left of what it depends on.
 *
 * @param all  Whether roles, permissions, routes and alarms are shown, too.
 */
export function layoutStack(resources: readonly ResourceSummary[], all: boolean): StackImage {
  const shown = resources.filter(({ type, custom }) => custom && (all || MAIN.test(type)));
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ranksep: 96, marginx: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { urn } of shown) graph.setNode(urn, { width: BOX.width, height: BOX.height });
  for (const [from, to] of stackEdges(shown, resources)) graph.setEdge(from, to);
  layout(graph);

  const boxes = new Map(shown.map(({ urn }) => [urn, slotOf(graph.node(urn), BOX)]));
  const lines = graph.edges().map(({ v: from, w: to }) => {
    // The library's points: one on any side of a box, one between two columns, one in a column, and so on. A line that
    // leaves a box on any side crosses others; the columns are what it has to pass through.
    const points: readonly Partial<Point>[] = graph.edge(from, to).points ?? [];
    const columns = points.slice(1, -1).filter((_, i) => i % 2 === 1);
    return { from, to, passed: columns.map((point) => slotOf(point, PASSING_LINE)) };
  });
  const bottom = stackColumns([...boxes.values(), ...lines.flatMap(({ passed }) => passed)]);

  const box = (urn: string) => boxes.get(urn) ?? slotOf({}, BOX);
  return {
    width: graph.graph().width ?? 0,
    height: bottom + MARGIN,
    nodes: shown.map((resource) => ({ resource, x: box(resource.urn).x, y: box(resource.urn).y })),
    edges: lines.map(({ from, to, passed }) => ({
      from,
      to,
      points: [
        atSide(box(from), 1),
        ...passed.flatMap((point) => [atSide(point, -1), atSide(point, 1)]),
        atSide(box(to), -1),
      ],
    })),
  };
}

function atSide({ x, y }: Point, side: 1 | -1): Point {
  return { x: x + (side * BOX.width) / 2, y };
}
