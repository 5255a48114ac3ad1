/** Some fields of a record. `undefined` is the same as an absent field. */
export type Some<Record> = { readonly [Name in keyof Record]?: Record[Name] | undefined };

type Defined<T> = { [Name in keyof T]: Exclude<T[Name], undefined> };

/** The same object without its undefined fields, so that equal values are deeply equal. */
export const withoutUndefined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
