import type { Api } from "../api";
import type { Route } from "./route";

/** Properties of each half of the page. */
export interface HalfProps {
  readonly api: Api;
  /** Segments of the address behind the half's own name. */
  readonly route: Route;
}
