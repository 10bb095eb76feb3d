/** What goes wrong on purpose, asked at each place where it may: `npm start -- --fault`. */
export interface InjectedFaults<Kind extends string> {
  /** ms that each request waits. */
  readonly delayMs: number;
  /** Whether this kind of fault happens to what `subject` names, now. */
  happens(kind: Kind, subject: string): boolean;
}
