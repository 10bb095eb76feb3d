import { pulumiFolder } from "./pulumiFolder";

/** Describes what the real engine does; where no `pulumi` is found, the suite is one pending test that says so. */
export function describeEngine(title: string, tests: () => void): void {
  describe(`the real engine: ${title}`, function () {
    this.timeout(600_000);
    if (pulumiFolder() !== undefined) tests();
    else
      it("is not tested here: there is no `pulumi` on PATH, and test/engine/buildEngine.sh has built none");
  });
}
