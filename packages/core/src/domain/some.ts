/** Some fields of a record. One that is `undefined` counts as left out. */
export type Some<Record> = { readonly [Name in keyof Record]?: Record[Name] | undefined };
