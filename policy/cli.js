#!/usr/bin/env node
require("tsx/cjs");
require("./cli.ts").main(process.argv.slice(2));
