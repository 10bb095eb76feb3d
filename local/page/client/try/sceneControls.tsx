/** The part of a scene that is shown. */
export interface SceneChoice {
  readonly scene: number;
  /** Bands as red, green and blue. */
  readonly bands: readonly [number, number, number];
  /** The mask's, 0 to 1. */
  readonly opacity: number;
}

interface SceneControlsProps {
  readonly choice: SceneChoice;
  readonly scenes: number;
  /** Names of the bands, by number. */
  readonly names: readonly string[];
  onChange(choice: SceneChoice): void;
}

const CHANNELS = ["Red", "Green", "Blue"] as const;

/** Which scene of a file, which of its bands, and how much of the mask. */
export function SceneControls({ choice, scenes, names, onChange }: SceneControlsProps) {
  const numberOf = (event: Event) => Number((event.currentTarget as HTMLInputElement).value);
  return (
    <div class="controls">
      <label>
        Mask
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          value={choice.opacity}
          onInput={(event) => onChange({ ...choice, opacity: numberOf(event) })}
        />
      </label>
      {names.length > 0 &&
        CHANNELS.map((channel, i) => (
          <label key={channel}>
            {channel}
            <select
              value={choice.bands[i]}
              onChange={(event) => {
                const [red, green, blue] = choice.bands.map((band, at) =>
                  at === i ? numberOf(event) : band,
                );
                onChange({ ...choice, bands: [red ?? 0, green ?? 0, blue ?? 0] });
              }}
            >
              {names.map((name, band) => (
                <option key={name} value={band}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
      {scenes > 1 && (
        <label>
          Scene
          <input
            type="number"
            min="1"
            max={scenes}
            value={choice.scene + 1}
            onInput={(event) =>
              onChange({ ...choice, scene: Math.min(scenes, Math.max(1, numberOf(event))) - 1 })
            }
          />
        </label>
      )}
    </div>
  );
}

/** The bands that are called red, green and blue, else the first three. */
export function naturalBands(names: readonly string[]): SceneChoice["bands"] {
  const found = CHANNELS.map((channel) =>
    names.findIndex((name) => name.toLowerCase() === channel.toLowerCase()),
  );
  const [red = 0, green = 1, blue = 2] = found.every((band) => band >= 0) ? found : [];
  const last = Math.max(0, names.length - 1);
  return [Math.min(red, last), Math.min(green, last), Math.min(blue, last)];
}
