import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../resources/value";

/** Properties as Pulumi's wire has them: what is `undefined` is not there, at any depth. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}
