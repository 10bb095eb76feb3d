import { createPack } from "./createPack";

// The engine's policy host loads this file, by main.js: nothing else may.
createPack({ folder: __dirname });
