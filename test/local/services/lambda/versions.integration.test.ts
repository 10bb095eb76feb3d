import assert from "node:assert/strict";
import { LambdaService } from "../../../../local/services/lambda/lambdaService";
import {
  lambdaOptions,
  type TemporaryLambda,
  temporaryLambda,
} from "../../../helpers/services/temporaryLambda";
import { moment } from "../../../helpers/time/moment";

const answering = (text: string) => `exports.handler = async () => ${JSON.stringify(text)}`;

describe("versions and aliases", () => {
  let lambda: TemporaryLambda;
  beforeEach(() => {
    lambda = temporaryLambda({ countVersions: true });
  });
  afterEach(() => lambda.close());

  async function ask(qualifier?: string) {
    const { payload, executedVersion } = await lambda.service.invoke("f", qualifier, Buffer.from("{}"));
    return [JSON.parse(payload.toString()), executedVersion];
  }

  it("a published version stays as it was; the next one gets the next number", async () => {
    await lambda.deploy("f", answering("one"), { publish: true });
    await lambda.deploy("f", answering("two"), { publish: true });
    assert.deepEqual(await Promise.all([ask(), ask("1"), ask("2")]), [
      ["two", "$LATEST"],
      ["one", "1"],
      ["two", "2"],
    ]);
  });

  it("what did not change keeps its number, also after a restart", async () => {
    await lambda.deploy("f", answering("one"), { publish: true });
    const { configuration } = lambda.service.getFunction("f");
    const again = await lambda.service.putFunction(configuration, { publish: true });
    const options = {
      ...lambdaOptions,
      dataDir: lambda.dataDir,
      countVersions: true,
      onLog: () => {},
    };
    const restarted = new LambdaService(options);
    const same = await restarted.putFunction(configuration, { publish: true });
    const changed = await restarted.putFunction({ ...configuration, timeout: 9 }, { publish: true });
    assert.deepEqual([again.version, same.version, changed.version], ["1", "1", "2"]);
  });

  it("a function may be called as every object's properties are", async () => {
    for (const name of ["constructor", "__proto__"]) {
      await lambda.deploy(name, answering("one"), { publish: true });
      await lambda.deploy(name, answering("two"), { publish: true });
      const versions = lambda.service.list().find((one) => one.latest.configuration.functionName === name);
      assert.deepEqual([...(versions?.versions.keys() ?? [])], ["1", "2"]);
      assert.equal(await lambda.call(name), "two");
    }
  });

  it("without counting, a changed function is version 1 anew, and its alias serves the change", async () => {
    const uncounted = temporaryLambda();
    try {
      await uncounted.deploy("f", answering("one"), { publish: true });
      uncounted.service.putAlias("f", { name: "live", functionVersion: "1" });
      const live = async () =>
        (await uncounted.service.invoke("f", "live", Buffer.from("{}"))).payload.toString();
      const before = await live();
      await uncounted.deploy("f", answering("two"), { publish: true });
      assert.deepEqual([before, await live()], ['"one"', '"two"']);
    } finally {
      await uncounted.close();
    }
  });

  it("an alias leads to its version, moves to another, and may share its requests between two", async () => {
    await lambda.deploy("f", answering("one"), { publish: true });
    await lambda.deploy("f", answering("two"), { publish: true });
    lambda.service.putAlias("f", { name: "live", functionVersion: "1" });
    const first = await ask("live");
    lambda.service.putAlias("f", { name: "live", functionVersion: "2" });
    const second = await ask("live");
    lambda.service.putAlias("f", {
      name: "live",
      functionVersion: "2",
      additionalVersionWeights: { "1": 1 },
    });
    assert.deepEqual(
      [first, second, await ask("live")],
      [
        ["one", "1"],
        ["two", "2"],
        ["one", "1"],
      ],
    );
  });

  it("a function is found by name and ARN, with the qualifier in either", async () => {
    await lambda.deploy("f", answering("one"), { publish: true });
    lambda.service.putAlias("f", { name: "live", functionVersion: "1" });
    const names = [
      "f:live",
      "arn:aws:lambda:eu-west-1:123456789012:function:f:live",
      "123456789012:function:f:1",
    ];
    const versions = names.map((name) => lambda.service.getFunction(name).version);
    assert.deepEqual(versions, ["1", "1", "1"]);
  });

  it("what does not exist is rejected by its ARN", async () => {
    await lambda.deploy("f", answering("one"));
    const rejected = (arn: string) => ({
      code: "ResourceNotFoundException",
      status: 404,
      message: `Function not found: arn:aws:lambda:eu-west-1:123456789012:function:${arn}`,
    });
    await assert.rejects(lambda.service.invoke("g", undefined, Buffer.alloc(0)), rejected("g:$LATEST"));
    await assert.rejects(lambda.service.invoke("f", "live", Buffer.alloc(0)), rejected("f:live"));
    assert.throws(
      () => lambda.service.putAlias("f", { name: "live", functionVersion: "7" }),
      rejected("f:7"),
    );
    await assert.rejects(lambda.service.invoke("no function", undefined, Buffer.alloc(0)), {
      code: "ValidationException",
    });
  });

  it("provisioned concurrency starts instances ahead, tells them so, and keeps them while they idle", async () => {
    const provisioned = temporaryLambda({ idleMs: 50 });
    try {
      const source = "exports.handler = async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE";
      await provisioned.deploy("f", source, { publish: true });
      await provisioned.service.provision("f", "1", 1);
      await moment();
      const { payload, report } = await provisioned.service.invoke("f", "1", Buffer.from("{}"));
      assert.deepEqual([payload.toString(), report?.initMs], ['"provisioned-concurrency"', undefined]);
    } finally {
      await provisioned.close();
    }
  });
});
