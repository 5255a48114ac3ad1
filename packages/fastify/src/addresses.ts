/** Whether an address may hold the token of a webhook, in whatever spelling: it names one, and something long follows. */
export function holdsToken(url: string): boolean {
  const plain = unescaped(url);
  if (plain === undefined) return true;
  return /training|status_update/i.test(plain) && /token.*[\w-]{16}|(?<![\w-])[\w-]{43}(?![\w-])/is.test(plain);
}

/** What may be shown of an address that holds a token: its path, up to the first thing that could be part of one. */
export const shownOf = (url: string): string => /^(?:\/[\w.~-]{0,32}(?![\w.~-]))*/.exec(url)?.[0] ?? "";

/** Whether Fastify's router refuses it, and repeats it to the caller. */
export function isMalformed(url: string): boolean {
  try {
    decodeURI(url.replace(/[?#].*/s, ""));
    return !url.startsWith("/") && (url.includes("#") || !URL.canParse(url));
  } catch {
    return true;
  }
}

/** `undefined`: so many layers of escapes that it was made to hide something. */
function unescaped(text: string, layers = 8): string | undefined {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (plain === text) return plain;
  return layers === 0 ? undefined : unescaped(plain, layers - 1);
}

/**
 * The route of a path as it stands in a URL: Fastify's router looks for what is left when escapes are undone. `:name` is a
 * parameter, as in every route of Fastify's.
 */
export function routeOf(prefix: string, path: string): string {
  const route = `${prefix.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`.replace(/\/+$/, "");
  if (/%(?:2[3-6bcf]|3[abdf]|40)/i.test(route.replaceAll("%25", "")))
    throw new Error(`${route} cannot be a route: Fastify keeps %23 %24 %26 %2B %2C %2F %3A %3B %3D %3F %40 for itself`);
  return decodeURI(route);
}
