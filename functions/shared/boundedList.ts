import { array, type GenericSchema, maxLength, pipe, unknown } from "valibot";

/**
 * A list whose length is checked before its members are: a short body can hold a million members, and each would be a
 * problem of its own.
 *
 * @param what Name of the members in the plural, for messages.
 */
export function boundedList<S extends GenericSchema>(member: S, max: number, what: string) {
  const isList = `must be a list of ${what}`;
  return pipe(
    array(unknown(), isList),
    maxLength(max, `must have at most ${max} ${what}`),
    array(member, isList),
  );
}
