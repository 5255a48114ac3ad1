import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { arrowKeys } from "./arrow-keys.ts";

export interface MenuProps {
  readonly label: string;
  /** The content of the button that opens it. */
  readonly content: ComponentChildren;
  readonly look: string;
  /** On which side of its button it opens. */
  readonly side: "above" | "below";
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button with a list of buttons. The browser's popover closes it on Escape and on a click elsewhere. */
export function Menu({ label, content, look, side, children }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    list.current?.hidePopover();
    button.current?.focus();
  };
  const place = (): void => {
    const opener = button.current?.getBoundingClientRect();
    const element = list.current;
    if (!opener || !element) return;
    const gap = 8;
    element.style.left = `${Math.max(gap, Math.min(opener.left, innerWidth - element.offsetWidth - gap))}px`;
    element.style.top =
      side === "below" ? `${opener.bottom + gap}px` : `${Math.max(gap, opener.top - element.offsetHeight - gap)}px`;
  };
  const onToggle = ({ newState }: Pick<ToggleEvent, "newState">): void => {
    if (newState !== "open") return;
    place();
    list.current?.querySelector<HTMLElement>("button, input:checked")?.focus();
  };
  return (
    <>
      <button ref={button} type="button" class={look} popovertarget={id} aria-haspopup="true" title={label}>
        {content}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        class="menu"
        role="group"
        aria-label={label}
        onToggle={onToggle}
        onKeyDown={arrowKeys("button")}
      >
        {children(close)}
      </div>
    </>
  );
}
