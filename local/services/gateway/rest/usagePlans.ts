/** API keys, and the plans by which they are for stages of APIs. */
export class UsagePlans {
  readonly #keys = new Map<string, { readonly value: string; readonly enabled: boolean }>();
  readonly #plans = new Map<string, { readonly stages: ReadonlySet<string>; readonly keyIds: Set<string> }>();

  putKey(id: string, value: string, enabled: boolean): void {
    this.#keys.set(id, { value, enabled });
  }

  deleteKey(id: string): void {
    this.#keys.delete(id);
  }

  putPlan(id: string, stages: readonly { readonly apiId: string; readonly stage: string }[]): void {
    const keyIds = this.#plans.get(id)?.keyIds ?? new Set<string>();
    this.#plans.set(id, { stages: new Set(stages.map(({ apiId, stage }) => `${apiId}/${stage}`)), keyIds });
  }

  deletePlan(id: string): void {
    this.#plans.delete(id);
  }

  addKey(planId: string, keyId: string): void {
    this.#plans.get(planId)?.keyIds.add(keyId);
  }

  removeKey(planId: string, keyId: string): void {
    this.#plans.get(planId)?.keyIds.delete(keyId);
  }

  /** Whether a value is that of an enabled key of a plan for the stage. */
  allows(value: string | undefined, apiId: string, stage: string): boolean {
    if (value === undefined) return false;
    return [...this.#plans.values()].some(
      ({ stages, keyIds }) =>
        stages.has(`${apiId}/${stage}`) &&
        [...keyIds].some((id) => {
          const key = this.#keys.get(id);
          return key?.enabled === true && key.value === value;
        }),
    );
  }
}
