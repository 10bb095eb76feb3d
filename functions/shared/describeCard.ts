import type { Card, CardSample } from "./card";

/** A card as an endpoint's own code imports it: JSON files cannot express that a list has a first member. */
export interface DescribedCard
  extends Pick<Card, "title" | "description" | "origin" | "license" | "metrics" | "notes"> {
  readonly samples: readonly CardSample[];
  readonly inputs: readonly object[];
  readonly outputs: readonly object[];
}

/** The part of a card that callers see: all but what only a deployment needs. */
export function describeCard(card: DescribedCard): DescribedCard {
  const { title, description, origin, license, inputs, outputs, metrics, samples, notes } = card;
  return { title, description, origin, license, inputs, outputs, metrics, samples, notes };
}
