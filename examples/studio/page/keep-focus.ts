/** These hold the focus themselves. */
const holders = "article, [role=log]";
/** In these, the first of that kind takes it. */
const takers = [
  [".keyboard", "button"],
  [".composer", "textarea"],
  [".composer", "button"],
] as const;
const remembered = 10;

/**
 * Keeps a keyboard's place in the page. A pressed button often goes away with what it did; a browser then gives the focus
 * to nothing, and the next Tab starts at the top. Here it goes to the buttons that came instead, else to the message they
 * were under, else to where the focus was before.
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

/** The element and all that it lies in, while it still lies there. */
function pathOf(element: HTMLElement): readonly HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [element, ...pathOf(parent)] : [element];
}
