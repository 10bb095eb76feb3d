import { description, examples, type InferOutput, object, optional, pipe, regex, string } from "valibot";
import { finiteNumber } from "../shared/finiteNumber";
import { BREED_NAME } from "../shared/modelKeys";

/** Breeds that the stack brings; users push others. */
const BREEDS = ["akhal-teke", "arabian", "connemara", "friesian", "icelandic", "shetland"];

const measure = (what: string) => pipe(finiteNumber(), description(what));

/** A ride, with its weather as NOAA's daily files give it. */
export const input = object({
  distance: measure("Length of the ride in km"),
  healthpoints: measure("Health points of the unicorn"),
  magicpoints: measure("Magic points that the ride took"),
  TMAX: measure("Highest temperature of the day in tenths of a degree Celsius"),
  TMIN: measure("Lowest temperature of the day in tenths of a degree Celsius"),
  PRCP: measure("Precipitation of the day in tenths of a mm"),
  breed: optional(
    pipe(
      string("must be a string"),
      regex(BREED_NAME, "must be 1 to 64 of a-z, 0-9 and -"),
      description("The unicorn's breed, whose own model then answers"),
      examples(BREEDS),
    ),
  ),
});

export type Input = InferOutput<typeof input>;
