/**
 * Whether a form was sent from the page itself. Browsers say so twice, by `Origin` and by `Sec-Fetch-Site`; a request without
 * `Origin` was sent by no form. `origin`: the one that browsers see where a proxy changes the header `Host`.
 */
export function isFromOwnPage({ headers, url }: Request, origin?: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const from = originOf({ headers });
  if (!from) return false;
  if (from.origin === origin) return true;
  const host = headers.get("host") ?? new URL(url).host;
  const here = `${from.protocol}//${host}`;
  return URL.canParse(here) && new URL(here).origin === from.origin;
}

/** Where the page is that sent a form, as its browser sees it. */
export function originOf({ headers }: Pick<Request, "headers">): URL | undefined {
  const from = headers.get("origin") ?? "";
  return /^https?:\/\/[^/]+$/.test(from) && URL.canParse(from) ? new URL(from) : undefined;
}
