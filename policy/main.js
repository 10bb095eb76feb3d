// The engine's policy host loads TypeScript with ts-node, which would check every type again at each preview; tsx,
// registered after it, strips them as everywhere else here.
require("tsx/cjs");
require("./index.ts");
