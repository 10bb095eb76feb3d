import { read } from "../../../resources/read";
import { ec2Resource } from "../ec2Resource";

/** A set of rules on who may connect to, and be connected from, what is in it. */
export const securityGroup = ec2Resource({
  type: "aws:ec2/securityGroup:SecurityGroup",
  prefix: "sg",
  arn: "security-group",
  inputs: ["description", "egress", "ingress", "name", "namePrefix", "revokeRulesOnDelete", "tags", "vpcId"],
  replaceOn: ["description", "name", "namePrefix", "vpcId"],
  autoName: { property: "name", maxLength: 255 },
  check(inputs) {
    const name = read.text(inputs, "name");
    if (name?.startsWith("sg-")) throw new Error(`\`name\` "${name}" must not begin with sg-`);
    const description = read.text(inputs, "description");
    if (description !== undefined && !/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description)) {
      throw new Error(
        "`description` must be 1 to 255 letters, digits, blanks and any of ._-:/()#,@[]+=&;{}!$*",
      );
    }
  },
  defaults: { egress: [], ingress: [], revokeRulesOnDelete: false },
});
