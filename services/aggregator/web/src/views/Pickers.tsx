import { type Picks, type Size, SIZE_NAMES } from "../model/picks.ts";

interface Properties {
  picks: Picks;
  sources: Set<string>;
  languages: Set<string>;
  pick: (change: Partial<Picks>) => void;
}

function Names({
  label,
  all,
  value,
  names,
  pick,
}: {
  label: string;
  all: string;
  value: string;
  names: Set<string>;
  pick: (name: string) => void;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => pick(event.currentTarget.value)}>
        <option value="">{all}</option>
        {[...new Set([...names, ...(value ? [value] : [])])].sort().map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Pickers({ picks, sources, languages, pick }: Properties) {
  return (
    <form class="pickers" aria-label="What to show" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="segmented">
        <legend>Window</legend>
        <div>
          {(Object.entries(SIZE_NAMES) as [Size, string][]).map(([size, name]) => (
            <label key={size}>
              <input
                type="radio"
                name="size"
                value={size}
                checked={picks.size === size}
                onChange={() => pick({ size })}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Names
        label="Source"
        all="All sources"
        value={picks.source}
        names={sources}
        pick={(source) => pick({ source })}
      />
      <Names
        label="Language"
        all="All languages"
        value={picks.language}
        names={languages}
        pick={(language) => pick({ language })}
      />
      {(picks.source || picks.language) && (
        <button type="button" onClick={() => pick({ source: "", language: "" })}>
          Show all
        </button>
      )}
    </form>
  );
}
