/** Runs a piece of work when it is its turn. */
export type InLine = <T>(work: () => PromiseLike<T>) => Promise<T>;

/** Lets so many pieces of work run at once; the others wait in the order in which they came. */
export function inLine(places: number): InLine {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
