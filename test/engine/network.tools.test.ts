import assert from "node:assert/strict";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { TinyProgram } from "../helpers/engine/tinyProgram";

const NETWORK = (more = "") => `
const awsx = require("@pulumi/awsx");
const vpc = new awsx.ec2.Vpc("net", {
  cidrBlock: "10.0.0.0/16", numberOfAvailabilityZones: 2, subnetStrategy: "Auto", natGateways: { strategy: "None" },
  subnetSpecs: [{ type: "Private", cidrMask: 20 }], ${more}
});
const group = new aws.ec2.SecurityGroup("functions", { vpcId: vpc.vpcId });
exports.subnets = vpc.privateSubnetIds;
exports.routeTables = vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id)));`;

describeEngine("a VPC, whose own provider is not here", () => {
  const engine = new TestEngine();
  const program = new TinyProgram();
  const stack = new TestStack(engine, program.folder, "one");

  it("is previewed with all its children", async () => {
    program.write(NETWORK());
    assert.deepEqual(await stack.preview(), {
      ok: true,
      steps: [
        "create InternetGateway net",
        "create Role hello",
        "create RouteTable net-private-1",
        "create RouteTable net-private-2",
        "create RouteTableAssociation net-private-1",
        "create RouteTableAssociation net-private-2",
        "create SecurityGroup functions",
        "create Stack tiny-one",
        "create Subnet net-private-1",
        "create Subnet net-private-2",
        "create Vpc net",
        "create Vpc net",
      ],
      errors: "",
    });
  });

  it("is made, gives the ids of its children, and is left as it is by a second preview", async () => {
    assert.equal((await stack.up()).ok, true);
    const { subnets, routeTables } = stack.outputs() as Record<string, string[]>;
    assert.deepEqual(
      [subnets, routeTables].map((ids) => ids?.map((id) => id.replace(/[0-9a-f]{17}$/, "…"))),
      [
        ["subnet-…", "subnet-…"],
        ["rtb-…", "rtb-…"],
      ],
    );
    assert.deepEqual(await stack.preview("--expect-no-changes"), { ok: true, steps: [], errors: "" });
  });

  it("is rejected with a property that the local cloud does not serve", async () => {
    program.write(NETWORK("ipv4IpamPoolId: 'pool',"));
    assert.match(
      (await stack.preview()).errors,
      /awsx:ec2:Vpc "net": `ipv4IpamPoolId`: the local cloud does not serve this property: there are no IPAM pools here/,
    );
  });

  it("leaves nothing after `destroy`", async () => {
    assert.equal((await stack.destroy()).ok, true);
    assert.deepEqual(engine.live, []);
  });
});
