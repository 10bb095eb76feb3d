import { command } from "@paddock/local/command";
import { planCommand } from "./lib/plan/planCommand";

command(planCommand);
