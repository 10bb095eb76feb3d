export { bareLoop as serve } from "./bareLoop";
