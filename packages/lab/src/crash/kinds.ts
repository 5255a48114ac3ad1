/** The kinds of order in the matrix, and how many messages each owes about an outcome. */
export const kinds = {
  training: { told: 1 },
  picture: { told: 0 },
} as const;

export type KindName = keyof typeof kinds;
