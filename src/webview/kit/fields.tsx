// A select and a search box. If the host repeats an old value, the user's newer input stays, which the host is about to
// receive.
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Field {
  readonly kind: string;
  readonly label: string;
  /** The host's value. */
  readonly value: string;
  /** Called with the user's input. */
  readonly onInput: (value: string) => void;
}

export function Select({
  kind,
  label,
  value,
  options,
  onInput,
}: Field & { readonly options: readonly { readonly value: string; readonly label: string }[] }) {
  const state = useRef({ hostValue: value, shown: value });
  if (state.current.hostValue !== value) state.current = { hostValue: value, shown: value };
  return (
    <select
      class={kind}
      aria-label={label}
      title={label}
      value={state.current.shown}
      onInput={({ currentTarget }) => {
        state.current.shown = currentTarget.value;
        onInput(currentTarget.value);
      }}
    >
      {options.map((option) => (
        <option value={option.value}>{option.label}</option>
      ))}
    </select>
  );
}

/** While the box has the focus, the host's value does not replace its text. */
export function SearchBox({ kind, label, value, onInput }: Field) {
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
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}
