/** A part of what is printed. Its texts may hold anything: they are made visible when they are printed. */
export type Block =
  | { readonly type: "title"; readonly text: string }
  | { readonly type: "lines"; readonly lines: readonly string[] }
  | { readonly type: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Names with their values, one pair a line; pairs without a value are left out. */
  | { readonly type: "facts"; readonly facts: readonly (readonly [name: string, value: string | undefined])[] };

export const title = (text: string): Block => ({ type: "title", text });
export const lines = (...all: string[]): Block => ({ type: "lines", lines: all });
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  type: "table",
  columns,
  rows,
});
export const facts = (...pairs: (readonly [name: string, value: string | undefined])[]): Block => ({
  type: "facts",
  facts: pairs,
});
