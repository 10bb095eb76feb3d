// The engine's policy host loads TypeScript with ts-node, which would check every type again at each preview; tsx,
// registered after it, strips them as everywhere else here. This is the pack's only JavaScript.
require("tsx/cjs");
require("./index.ts");
