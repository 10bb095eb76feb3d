// The package is TypeScript; tsx, which paddock runs everywhere, strips its types.
require("tsx/cjs");
module.exports = require("./front.ts");
