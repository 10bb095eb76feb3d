/** Front door: function URLs and REST APIs. */
export type { HttpRequest } from "../../http/message";
export type { RequestReport } from "../lambda/requestReport";
export type { Callers } from "./callers";
export { type AccessLogLine, GatewayService, type GatewayServiceOptions } from "./gatewayService";
