/** US dollars that were spent at the provider, e.g. `2.40 USD`; below one with four digits. */
export const dollars = (amount: number): string => `${amount.toFixed(amount > 0 && amount < 1 ? 4 : 2)} USD`;
