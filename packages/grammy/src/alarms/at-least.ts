/** How many there are, `20+` where there are at least so many. */
export const atLeast = ({ count, more }: { readonly count: number; readonly more?: true | undefined }): string =>
  `${count}${more ? "+" : ""}`;
