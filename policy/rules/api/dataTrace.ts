import { resourceRule } from "../../lib/rule";

export const apiDataTrace = resourceRule({
  name: "api-data-trace",
  title: "The API does not log whole requests",
  why: "Data tracing writes bodies and headers, credentials with them, to the logs.",
  cure: "Set `settings.dataTraceEnabled` to false.",
  severity: "high",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  controls: ["CKV_AWS_276"],
  types: ["aws:apigateway/methodSettings:MethodSettings"],
  check({ props: { settings } }) {
    return settings.dataTraceEnabled ? { found: "data tracing on", allowed: "off" } : undefined;
  },
  remediate(props) {
    props.settings = { ...props.settings, dataTraceEnabled: false };
  },
});
