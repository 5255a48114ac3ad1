/** What a press in the matrix orders. */
interface Kind {
  /** How many orders the press places: a set of pictures is one for each. */
  readonly placed: number;
  /** How many there are in the end. */
  readonly orders: number;
}

export const kinds = {
  training: { placed: 1, orders: 1 },
  /** From a scene. */
  image: { placed: 2, orders: 2 },
  /** Of a picture that its owner has, which is uploaded. */
  variation: { placed: 1, orders: 1 },
  upscale: { placed: 1, orders: 1 },
  /** A training, at whose end four pictures are ordered. */
  "first-look": { placed: 1, orders: 5 },
  /** A picture whose weights fal cannot read, so it is placed again with our copy of them. */
  "gone-link": { placed: 1, orders: 2 },
  /** A person who buys, spends and gets their money back. */
  payment: { placed: 0, orders: 2 },
  /** Everything about a person is erased. */
  erasure: { placed: 0, orders: 0 },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** The kinds that are orders alone. */
export type OrderKindName = Exclude<KindName, "payment" | "erasure">;
