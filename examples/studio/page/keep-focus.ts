/** These elements manage the focus themselves. */
const holders = "article, [role=log]";
/** In these elements, the first element that matches the second selector gets the focus. */
const takers = [
  [".keyboard", "button"],
  [".composer", "textarea"],
  [".composer", "button"],
] as const;
const remembered = 10;

/**
 * Keeps the keyboard focus in the page. A pressed button often disappears, the focus is then lost, and the next Tab
 * starts at the top. This moves the focus to the buttons that replaced it, otherwise to the message above them,
 * otherwise to where the focus was before.
 */
export function keepFocus(root: HTMLElement): void {
  let path: readonly HTMLElement[] = [];
  let visited: readonly HTMLElement[] = [];

  const refuge = (): HTMLElement | null | undefined => {
    for (const element of path.filter(({ isConnected }) => isConnected)) {
      if (element.matches(holders)) return element;
      for (const [taker, kind] of takers) {
        const taking = element.matches(taker) ? element.querySelector<HTMLElement>(kind) : null;
        if (taking) return taking;
      }
    }
    return visited.findLast(canHold) ?? root.querySelector<HTMLElement>("[role=log]");
  };

  root.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    path = pathOf(target);
    visited = [...visited.filter((element) => element !== target), target].slice(-remembered);
  });
  new MutationObserver(() => {
    const [lost] = path;
    const active = document.activeElement;
    if (!lost || canHold(lost) || (active !== document.body && active !== lost)) return;
    refuge()?.focus({ preventScroll: true });
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
}

const canHold = (element: HTMLElement): boolean =>
  element.isConnected && element.checkVisibility() && !element.matches(":disabled");

/** The element and its ancestors, as long as they are in the page. */
function pathOf(element: HTMLElement): readonly HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [element, ...pathOf(parent)] : [element];
}
