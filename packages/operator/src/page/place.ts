/** Where a request goes, below the address at which the host has mounted the page. */
export interface Place {
  /** Without a slash before it, e.g. `orders/019ab…`; empty: the page's first address. */
  readonly path: string;
  /** The way back to the first address, relative: `./`, `../`. It leads through any prefix of a proxy. */
  readonly root: string;
}

/** `slash`: it has to go on with a slash, so that relative addresses lead on. `undefined`: it is not below. */
export function placeOf(pathname: string, mount: string): Place | "slash" | undefined {
  if (pathname === mount) return "slash";
  if (!pathname.startsWith(`${mount}/`)) return undefined;
  const path = pathname.slice(mount.length + 1);
  return { path, root: "../".repeat(path.split("/").length - 1) || "./" };
}

/** A mount path without the slashes around it that do not count: `/operator`, or empty for the whole host. */
export function mountOf(path: string): string {
  if (!/^(?:\/[\w.~%-]+)*\/?$/.test(path)) throw new TypeError("operatorPage needs a path like /operator");
  return path.replace(/\/$/, "");
}
