const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Lets the arrow keys move the focus between things of a kind, as they do in menus and lists. */
export const arrowKeys =
  (selector: string) =>
  (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const list = event.currentTarget;
    if (!step || !(list instanceof HTMLElement)) return;
    const items = [...list.querySelectorAll<HTMLElement>(selector)];
    const at = items.findIndex((item) => item === document.activeElement);
    if (at < 0) return;
    items.at((at + step) % items.length)?.focus();
    event.preventDefault();
  };
