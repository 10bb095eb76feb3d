import { command } from "@paddock/local/command";
import { smokeCommand } from "./lib/smokeCommand";

command(smokeCommand);
