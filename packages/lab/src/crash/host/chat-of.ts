/** The chat of an owner. */
export const chatOf = (owner: string): number => Number(owner.slice("telegram:".length));
