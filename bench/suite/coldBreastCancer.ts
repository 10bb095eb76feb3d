import { coldStart } from "../lib/coldStart";

export const benchmark = coldStart("coldBreastCancer", "breast-cancer");
