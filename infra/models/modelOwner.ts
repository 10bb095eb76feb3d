import type * as pulumi from "@pulumi/pulumi";
import type { SharedParts } from "../sharedParts";

/** The owner of a model. */
export interface ModelOwner {
  /** The endpoint's name. */
  readonly name: string;
  /** The endpoint's folder, absolute. */
  readonly folder: string;
  readonly shared: SharedParts;
  /** The function's memory in MB. */
  readonly memorySize: number;
  /** Parent of the resources that the model needs. */
  readonly parent: pulumi.Resource;
}
