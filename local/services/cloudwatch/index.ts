/** Front door: metrics and alarms. */

export { type Alarm, CloudWatchService } from "./cloudWatchService";
export type { AlarmInputs } from "./evaluateAlarm";
export type { Metric } from "./metricStore";
