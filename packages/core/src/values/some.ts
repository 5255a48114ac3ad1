/** Some fields of a record. `undefined` is the same as an absent field. */
export type Some<Record> = { readonly [Name in keyof Record]?: Record[Name] | undefined };
