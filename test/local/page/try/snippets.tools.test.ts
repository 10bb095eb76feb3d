import path from "node:path";
import { pythonClients } from "../../../helpers/clients/installClients";
import { describeWith } from "../../../helpers/process/describeWith";
import { snippetCases } from "./snippetCases";

describeWith("jq", "A request to copy for a shell", () => snippetCases("curl", () => "sh", ".sh"));
describeWith("python", "A request to copy in Python", function () {
  this.timeout(900_000);
  snippetCases("python", () => path.join(pythonClients(), "python"), ".py");
});
