import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly kind?: string;
  readonly onPress: (element: HTMLElement) => void;
  /** What it is called where its label alone does not say it. */
  readonly name?: string | undefined;
  /** Shown when the pointer rests on it; else its name is. */
  readonly title?: string | undefined;
  readonly disabled?: boolean;
  readonly hidden?: boolean;
  readonly children: ComponentChildren;
}

export function Button({ kind = 'quiet', onPress, name, title = name, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      class={kind}
      aria-label={name}
      title={title}
      onClick={({ currentTarget }) => onPress(currentTarget)}
      {...rest}
    >
      {children}
    </button>
  );
}
