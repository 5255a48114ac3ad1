/** The fields that are not null: a column that is null is a field that is absent. */
export const withoutNulls = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

/** The value of a column that the table's checks require in this status. */
export function notNull<T>(value: T | null): T {
  if (value === null) throw new Error("a column is null that the checks of its table require");
  return value;
}

declare const content: unique symbol;

/** The JSON text of a value, in a text column. */
export type JsonText<T> = string & { readonly [content]: T };

export const toJson = <T>(value: T): JsonText<T> => JSON.stringify(value) as JsonText<T>;

export const fromJson = <T>(text: JsonText<T>): T => JSON.parse(text);

export const toInteger = (flag: boolean): 0 | 1 => (flag ? 1 : 0);

/** The columns that an update writes: all but the id, which other rows refer to. */
export const withoutId = <Row extends { readonly id: string }>(row: Row): Omit<Row, "id"> => without(row, ["id"]);

/**
 * The columns that can change. SQLite writes each index of a column that an update names, also of one that stays the same.
 */
export const without = <Row extends object, Name extends keyof Row>(
  row: Row,
  fixed: readonly Name[],
): Omit<Row, Name> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !fixed.includes(name as Name))) as Omit<Row, Name>;
