/** Whether an address may hold the token of a webhook, in any spelling: it has the word, followed by something long. */
export function holdsToken(url: string): boolean {
  const plain = unescaped(url);
  if (plain === undefined) return true;
  return (
    /training|status_update|\border=/i.test(plain) && /token.*[\w-]{16}|(?<![\w-])[\w-]{43}(?![\w-])/is.test(plain)
  );
}

/**
 * The part of an address with a token that may be logged: its path, up to the first character that may belong to one.
 */
export const shownOf = (url: string): string => /^(?:\/[\w.~-]{0,32}(?![\w.~-]))*/.exec(url)?.[0] ?? "";

/** Whether Fastify's router refuses the address, and repeats it in the answer. */
export function isMalformed(url: string): boolean {
  try {
    decodeURI(url.replace(/[?#].*/s, ""));
    return !url.startsWith("/") && (url.includes("#") || !URL.canParse(url));
  } catch {
    return true;
  }
}

/** `undefined`: it has so many layers of escapes that it must be an attack. */
function unescaped(text: string, layers = 8): string | undefined {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (plain === text) return plain;
  return layers === 0 ? undefined : unescaped(plain, layers - 1);
}

/**
 * The route for a path of a URL. Escapes are decoded, because Fastify's router compares decoded paths. `:name` is a
 * parameter, as in every route of Fastify.
 */
export function routeOf(prefix: string, path: string): string {
  const route = `${prefix.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`.replace(/\/+$/, "");
  if (/%(?:2[3-6bcf]|3[abdf]|40)/i.test(route.replaceAll("%25", "")))
    throw new Error(`${route} cannot be a route: Fastify keeps %23 %24 %26 %2B %2C %2F %3A %3B %3D %3F %40 for itself`);
  return decodeURI(route);
}
