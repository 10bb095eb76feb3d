import { cardedFiles } from "../../lib/cards";
import { modelsOf } from "../../lib/models";
import { stackRule } from "../../lib/rule";

export const lambdaModelCard = stackRule({
  name: "lambda-model-card",
  title: "Every model has a card that names its license and its digest",
  why: "Nobody can say later where a model without one comes from, who may use it, or whether it is still the same.",
  cure: "Write a `card.json` beside the model, with `license.model` (an SPDX identifier) and `files: [{ path, bytes, sha256 }]`.",
  severity: "medium",
  tier: "strict",
  url: "https://huggingface.co/docs/hub/model-cards",
  types: ["aws:lambda/function:Function"],
  async check(fn, context) {
    const models = await modelsOf(fn, context);
    if (models.length === 0) return undefined;
    const cards = cardedFiles(context.root);
    const found = models.map(async ({ name, sha256 }) => {
      const card = cards.get(await sha256());
      if (card === undefined)
        return [{ found: `${name}, which no card lists`, allowed: "models with a card" }];
      return card.license === undefined
        ? [{ found: `${name}, whose card names no license`, allowed: "models with a license" }]
        : [];
    });
    return (await Promise.all(found)).flat();
  },
});
