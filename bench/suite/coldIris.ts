import { coldStart } from "../lib/coldStart";

export const benchmark = coldStart("coldIris", "iris");
