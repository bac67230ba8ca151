// The button of our pages.
import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly kind?: string;
  /** `count`: of the clicks in quick succession; 0 for a key. */
  readonly onClick: (element: HTMLElement, count: number) => void;
  /** The accessible name, if the label is not enough. */
  readonly name?: string | undefined;
  /** The tooltip; by default, the name. */
  readonly title?: string | undefined;
  readonly disabled?: boolean;
  readonly hidden?: boolean;
  readonly tabIndex?: number;
  /** For a button that expands something: whether it has. */
  readonly expanded?: boolean;
  readonly children: ComponentChildren;
}

export function Button({
  kind = 'quiet',
  onClick,
  name,
  title = name,
  expanded,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      class={kind}
      aria-label={name}
      aria-expanded={expanded}
      title={title}
      onClick={({ currentTarget, detail }) => onClick(currentTarget, detail)}
      {...rest}
    >
      {children}
    </button>
  );
}
