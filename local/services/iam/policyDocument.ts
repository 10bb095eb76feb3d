/** A policy in the form that rules read: an element that a statement lacks is an empty list. */
export interface PolicyDocument {
  /** Policy variables are variables in `2012-10-17` only. */
  readonly version: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  /** `Allow` or `Deny`. */
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Resource policies and trust policies only. */
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

/** Everyone is `AWS` and `*`, which is what `"Principal": "*"` means. */
export interface Principal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`. */
  readonly type: string;
  readonly id: string;
}

/** One key of a statement's `Condition`; all of them have to hold. */
export interface Condition {
  /** The operator as written, e.g. `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}
