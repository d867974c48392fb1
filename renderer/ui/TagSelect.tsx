import { Select } from "./Field.tsx";

interface Props {
  readonly tags: readonly string[];
  /** Null: whatever its tags. */
  readonly value: string | null;
  readonly onChange: (tag: string | null) => void;
  readonly className: string | undefined;
}

/** Narrows a list to one tag; not there while nothing has any. */
export function TagSelect({ tags, value, onChange, className }: Props) {
  if (tags.length === 0) return null;
  return (
    <Select
      className={className}
      aria-label="Tag"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
    >
      <option value="">Every tag</option>
      {tags.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </Select>
  );
}
