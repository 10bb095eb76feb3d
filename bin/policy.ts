import { main } from "@paddock/policy";

void main(process.argv.slice(2));
