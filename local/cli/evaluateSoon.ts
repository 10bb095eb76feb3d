import { startProcessAhead } from "../program/aheadOfTime";

// Imported first by what evaluates the program in any case: the process loads its modules while this one loads the rest.
startProcessAhead();
