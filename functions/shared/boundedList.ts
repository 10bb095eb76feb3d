import { array, type GenericSchema, maxLength, pipe, unknown } from "valibot";

/**
 * A list whose length is looked at before its members are: a short body holds a million members, and each would be
 * a problem of its own.
 *
 * @param what  A member in the plural, for messages.
 */
export function boundedList<S extends GenericSchema>(member: S, max: number, what: string) {
  const isList = `must be a list of ${what}`;
  return pipe(
    array(unknown(), isList),
    maxLength(max, `must have at most ${max} ${what}`),
    array(member, isList),
  );
}
