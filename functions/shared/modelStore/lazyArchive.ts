import { lazy } from "../lazy";
import type * as Archive from "./readArchive";

/** The reader of archives, loaded when first asked for. */
export const archive = lazy(() => module.require("./readArchive") as typeof Archive);
