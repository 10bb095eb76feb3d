import { pulumiFolder } from "./pulumiFolder";

/** Tests that run the real engine; where no `pulumi` is found, one line says so instead. */
export function describeEngine(title: string, tests: () => void): void {
  if (pulumiFolder() === undefined) {
    process.stdout.write(
      `\n  The real engine: ${title}: not run, no \`pulumi\` on PATH. test/engine/buildEngine.sh builds one.\n`,
    );
    return;
  }
  describe(`the real engine: ${title}`, function () {
    this.timeout(600_000);
    tests();
  });
}
