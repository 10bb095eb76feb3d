import { describeWith, PYTHON } from "../../../helpers/process/describeWith";
import { snippetCases } from "./snippetCases";

describeWith("jq", "A request to copy for a shell", () => snippetCases("curl", "sh", ".sh"));
describeWith("requests", "A request to copy in Python", () => snippetCases("python", PYTHON, ".py"));
