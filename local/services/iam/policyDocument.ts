/** A policy as IAM writes it, single values made lists. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly action?: readonly string[];
  readonly notAction?: readonly string[];
  readonly resource?: readonly string[];
  readonly notResource?: readonly string[];
  /** Resource policies only: `*`, or lists by kind (`AWS`, `Service`, …). */
  readonly principal?: Principals;
  readonly notPrincipal?: Principals;
  /** Operator, then context key, then values. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type Principals = "*" | Readonly<Record<string, readonly string[]>>;
