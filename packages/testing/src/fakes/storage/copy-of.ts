/** A deep copy without undefined fields, as a database would return it. */
export function copyOf<T>(value: T): T;
export function copyOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map((element) => copyOf(element));
  if (typeof value !== "object" || value === null || value instanceof Error) return value;
  const known = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(known.map(([name, field]) => [name, copyOf(field)]));
}
