import { resourceRule } from "../../lib/rule";

const OLD = ["TLS_1_0", "TLS_1_1"];

export const apiDomainTls = resourceRule({
  name: "api-domain-tls",
  title: "A domain of the API takes TLS 1.2 and newer",
  why: "Older versions are broken; the default of an edge domain still takes them.",
  cure: "Set `securityPolicy` to TLS_1_2 or newer.",
  severity: "high",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
  controls: ["CKV_AWS_206"],
  types: ["aws:apigateway/domainName:DomainName"],
  check({ props: { securityPolicy } }) {
    if (securityPolicy !== undefined && !OLD.includes(securityPolicy)) return undefined;
    return { found: `security policy ${securityPolicy ?? "not set"}`, allowed: "TLS_1_2 or newer" };
  },
  remediate(props) {
    props.securityPolicy = "TLS_1_2";
  },
});
