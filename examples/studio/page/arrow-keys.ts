const upAndDown = { ArrowDown: 1, ArrowUp: -1 } as const;
const leftAndRight = { ArrowRight: 1, ArrowLeft: -1 } as const;

/** The keys for the next and the previous element. */
const steps = {
  list: upAndDown,
  grid: { ...upAndDown, ...leftAndRight },
} as const satisfies Record<string, Readonly<Record<string, number>>>;

/** Lets the arrow keys move the focus between elements of a kind, as in menus, lists and grids of pictures. */
export const arrowKeys =
  (selector: string, shape: keyof typeof steps = "list") =>
  (event: KeyboardEvent): void => {
    const step: number | undefined = new Map(Object.entries(steps[shape])).get(event.key);
    const list = event.currentTarget;
    if (!step || !(list instanceof HTMLElement)) return;
    const items = [...list.querySelectorAll<HTMLElement>(selector)];
    const at = items.findIndex((item) => item === document.activeElement);
    if (at < 0) return;
    items.at((at + step) % items.length)?.focus();
    event.preventDefault();
  };
