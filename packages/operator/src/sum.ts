/** How many digits of the smallest unit come after the point; `credits` and Stars (`XTR`) have none. */
const decimals = new Map([
  ["XTR", 0],
  ["credits", 0],
]);

const names = new Map([["XTR", "Stars"]]);

/** A sum in the smallest unit of its currency, e.g. `100 Stars`, `12.50 EUR`. */
export function sum(amount: number, currency: string): string {
  const digits = decimals.get(currency) ?? fractionDigits(currency);
  return `${(amount / 10 ** digits).toFixed(digits)} ${names.get(currency) ?? currency}`;
}

function fractionDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 0;
  } catch {
    // It is no currency of ISO 4217, and nothing is known about its units.
    return 0;
  }
}
