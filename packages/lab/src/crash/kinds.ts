/** The kinds of order in the matrix, and how many orders a press places: a set of pictures is one for each. */
export const kinds = {
  training: { orders: 1 },
  image: { orders: 2 },
} as const;

export type KindName = keyof typeof kinds;
