import type { Api } from "../api";
import type { Described } from "./described";

/** Properties of each way to ask an endpoint. */
export interface PanelProps {
  readonly api: Api;
  readonly described: Described;
}
