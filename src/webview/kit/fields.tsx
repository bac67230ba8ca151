// A select and a box to type into. What the host has told before, and tells again, does not undo what the reader has
// chosen since, of which the host is only about to hear.
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Field {
  readonly kind: string;
  readonly label: string;
  /** What the host tells. */
  readonly value: string;
  /** Called with what the reader has chosen or typed. */
  readonly onEnter: (value: string) => void;
}

export function Select({
  kind,
  label,
  value,
  options,
  onEnter,
}: Field & { readonly options: readonly { readonly value: string; readonly label: string }[] }) {
  const chosen = useRef({ told: value, shown: value });
  if (chosen.current.told !== value) chosen.current = { told: value, shown: value };
  return (
    <select
      class={kind}
      aria-label={label}
      title={label}
      value={chosen.current.shown}
      onInput={({ currentTarget }) => {
        chosen.current.shown = currentTarget.value;
        onEnter(currentTarget.value);
      }}
    >
      {options.map((option) => (
        <option value={option.value}>{option.label}</option>
      ))}
    </select>
  );
}

/** Nor does anything go over what is being typed. */
export function SearchBox({ kind, label, value, onEnter }: Field) {
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (box.current && box.current !== document.activeElement) box.current.value = value;
  }, [value]);
  return (
    <input
      ref={box}
      class={kind}
      type="search"
      aria-label={label}
      placeholder={label}
      title={label}
      spellcheck={false}
      onInput={({ currentTarget }) => onEnter(currentTarget.value)}
    />
  );
}
