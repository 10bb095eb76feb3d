import { command } from "@paddock/local/command";
import { modelCommand } from "./lib/modelCommand";

command(modelCommand);
