import { useState } from "preact/hooks";

/** Characters of a value that is open from the start. */
const OPEN_UP_TO = 2000;
/** Members that are shown at once: a mask has a number for each pixel. */
const PAGE = 100;

interface JsonTreeProps {
  /** Name of the region for screen readers. */
  readonly label: string;
  /** JSON, or any other text, which is shown as it is. */
  readonly text: string;
}

/** A text that scrolls; JSON as a tree whose branches open and close. */
export function JsonTree({ label, text }: JsonTreeProps) {
  const value = parse(text);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: axe asks for it of what scrolls.
    // biome-ignore lint/a11y/useSemanticElements: a section has no place between the branches of another tree.
    <div class="json" role="region" aria-label={label} tabIndex={0}>
      {value === undefined ? text : <Value value={value} isOpen />}
    </div>
  );
}

interface ValueProps {
  readonly value: unknown;
  /** `"name": `, of a member of an object. */
  readonly name?: string;
  /** A comma, but for the last member. */
  readonly end?: string;
  readonly isOpen?: boolean;
}

function Value({ value, name = "", end = "", isOpen = false }: ValueProps) {
  const isBranch =
    value !== null &&
    typeof value === "object" &&
    !(value instanceof Digits) &&
    Object.keys(value).length > 0;
  if (isBranch) return <Branch value={value} name={name} end={end} isOpen={isOpen} />;
  return (
    <div>
      {name}
      {value instanceof Digits ? value.text : JSON.stringify(value)}
      {end}
    </div>
  );
}

function Branch({ value, name, end, isOpen: isFirst }: Required<ValueProps> & { readonly value: object }) {
  // What is closed is not made: an event may be a MB.
  const [isOpen, setOpen] = useState(isFirst || JSON.stringify(value).length <= OPEN_UP_TO);
  const [shown, setShown] = useState(PAGE);
  const isList = Array.isArray(value);
  const members = Object.entries(value);
  const [open, close] = isList ? "[]" : "{}";
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {name}
        {open}
        {!isOpen && (
          <span class="dim">
            {" "}
            {members.length} {isList ? "items" : "members"} {close}
            {end}
          </span>
        )}
      </summary>
      {isOpen && (
        <div class="members">
          {members.slice(0, shown).map(([key, member], i) => (
            <Value
              key={key}
              value={member}
              name={isList ? "" : `${JSON.stringify(key)}: `}
              end={i === members.length - 1 ? "" : ","}
            />
          ))}
          {members.length > shown && (
            <button type="button" onClick={() => setShown(shown + 10 * PAGE)}>
              {members.length - shown} more
            </button>
          )}
        </div>
      )}
      {isOpen && `${close}${end}`}
    </details>
  );
}

/** A number in the digits that were sent, where JavaScript's own would differ: 64-bit integers, `1.0`. */
class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

const keepDigits: Reviver = (_, value, { source } = {}) =>
  typeof value === "number" && source !== undefined && source !== String(value) ? new Digits(source) : value;

function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits);
  } catch {
    return undefined;
  }
}
