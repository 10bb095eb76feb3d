/** Injected faults, asked for at each place that can fail: `npm start -- --fault`. */
export interface InjectedFaults<Kind extends string> {
  /** ms that each request waits. */
  readonly delayMs: number;
  /** Whether this kind of fault happens to what `subject` names, now. */
  happens(kind: Kind, subject: string): boolean;
}
