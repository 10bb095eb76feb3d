import { snippetCases } from "./snippetCases";

describe("A request to copy in JavaScript", () => snippetCases("javascript", () => process.execPath, ".mjs"));
