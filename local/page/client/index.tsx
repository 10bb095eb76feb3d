import { render } from "preact";
import { createApi } from "./api";
import { App } from "./shell/app";
import { takeSecret } from "./shell/takeSecret";

const root = document.getElementById("page");
if (root) render(<App api={createApi(takeSecret())} />, root);
