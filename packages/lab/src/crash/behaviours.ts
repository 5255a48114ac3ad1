/** How the provider behaves in the matrix. */
export const behaviours = [
  "normal",
  "lost answer",
  "504 after accepting",
  "504 without accepting",
  "webhook lost",
  "webhook twice",
  "webhook first",
] as const;

export type Behaviour = (typeof behaviours)[number];

/** The provider sends no webhook. */
export const silent: readonly Behaviour[] = ["webhook lost", "504 without accepting"];
