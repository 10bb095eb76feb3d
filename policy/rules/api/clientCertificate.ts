import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const apiClientCertificate = resourceRule({
  name: "api-client-certificate",
  title: "The stage shows its backend a certificate",
  why: "An HTTP backend can tell the gateway from others by it. Lambda is reached by permission, so it is off.",
  cure: "Set `clientCertificateId`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-2",
  controls: ["APIGateway.2"],
  types: ["aws:apigateway/stage:Stage"],
  check({ props }) {
    return isSet(props, "clientCertificateId")
      ? undefined
      : { found: "no client certificate", allowed: "a client certificate" };
  },
});
