import type * as aws from "@pulumi/aws";
import { defineType, type ResourceType } from "../../resources/resourceType";
import { inert, inertTags, required, served } from "../../resources/treatment";
import { ABSENT, preview } from "../../resources/value";

const SHIFTED = "here `npm run release` itself shifts the alias, watches the alarms and rolls back";

const application = defineType<typeof aws.codedeploy.Application>("aws:codedeploy/application:Application", {
  properties: { computePlatform: inert(SHIFTED), name: served, region: served, tags: inertTags },
  replaceOn: ["computePlatform"],
  autoName: { property: "name", maxLength: 100 },
  outputs(inputs, resource, { region, accountId }) {
    const name = inputs.name ?? resource.name;
    return {
      id: name,
      applicationId: resource.name,
      arn: preview`arn:aws:codedeploy:${region}:${accountId}:application:${name}`,
      githubAccountName: "",
      linkedToGithub: false,
      name,
      tagsAll: inputs.tags ?? {},
    };
  },
});

const deploymentGroup = defineType<typeof aws.codedeploy.DeploymentGroup>(
  "aws:codedeploy/deploymentGroup:DeploymentGroup",
  {
    properties: {
      alarmConfiguration: inert(SHIFTED),
      appName: required,
      autoRollbackConfiguration: inert(SHIFTED),
      autoscalingGroups: inert(SHIFTED),
      blueGreenDeploymentConfig: inert(SHIFTED),
      deploymentConfigName: inert(SHIFTED),
      deploymentGroupName: required,
      deploymentStyle: inert(SHIFTED),
      ec2TagFilters: inert(SHIFTED),
      ec2TagSets: inert(SHIFTED),
      ecsService: inert(SHIFTED),
      loadBalancerInfo: inert(SHIFTED),
      onPremisesInstanceTagFilters: inert(SHIFTED),
      outdatedInstancesStrategy: inert(SHIFTED),
      region: served,
      serviceRoleArn: required,
      tags: inertTags,
      terminationHookEnabled: inert(SHIFTED),
      triggerConfigurations: inert(SHIFTED),
    },
    replaceOn: ["appName"],
    outputs(inputs, { name }, { region, accountId }) {
      const { appName, deploymentGroupName } = inputs;
      return {
        id: preview`${appName}:${deploymentGroupName}`,
        arn: preview`arn:aws:codedeploy:${region}:${accountId}:deploymentgroup:${appName}/${deploymentGroupName}`,
        blueGreenDeploymentConfig: inputs.blueGreenDeploymentConfig ?? ABSENT,
        computePlatform: "Lambda",
        deploymentGroupId: name,
        tagsAll: inputs.tags ?? {},
      };
    },
  },
);

/** The resource types of CodeDeploy. */
export const codeDeployResourceTypes: readonly ResourceType<undefined>[] = [application, deploymentGroup];
