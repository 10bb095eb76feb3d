import { render } from "preact";
import { App } from "./shell/app";
import { takeSecret } from "./shell/takeSecret";

const root = document.getElementById("page");
if (root) render(<App secret={takeSecret()} />, root);
