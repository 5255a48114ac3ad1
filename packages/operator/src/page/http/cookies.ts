import { originOf } from "./own-origin.ts";

/** `session`: who has signed in. `said`: what the next page tells, once. */
type CookieName = "session" | "said";

/** With `__Host-`, browsers take a cookie only by https, and from no other host of the same domain. */
const prefixes = { https: "__Host-likeness-operator-", http: "likeness-operator-" } as const;

type Scheme = keyof typeof prefixes;

const attributes: Readonly<Record<Scheme, string>> = {
  https: "Path=/; HttpOnly; SameSite=Strict; Secure",
  // A browser may refuse `Secure` at http, also on the machine itself.
  http: "Path=/; HttpOnly; SameSite=Strict",
};

/** How the browser reaches the page that sends a form: a proxy may have ended its https. */
const schemeOf = (request: Request): Scheme =>
  (originOf(request) ?? new URL(request.url)).protocol === "https:" ? "https" : "http";

const written = (scheme: Scheme, name: CookieName, value: string, seconds: number): string =>
  `${prefixes[scheme]}${name}=${value}; ${attributes[scheme]}; Max-Age=${seconds}`;

/** The header that sets a cookie, in the answer to a form. */
export const cookieFor = (request: Request, name: CookieName, value: string, seconds: number): string =>
  written(schemeOf(request), name, value, seconds);

interface SentCookie {
  readonly value: string;
  /** The header that deletes it. */
  readonly deletion: string;
}

/** The cookies of that name in a request, the safer ones first. */
export function cookiesIn({ headers }: Pick<Request, "headers">, name: CookieName): readonly SentCookie[] {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return (Object.keys(prefixes) as Scheme[]).flatMap((scheme) => {
    const start = `${prefixes[scheme]}${name}=`;
    const deletion = written(scheme, name, "", 0);
    return pairs
      .filter((pair) => pair.startsWith(start))
      .map((pair) => ({ value: pair.slice(start.length), deletion }));
  });
}
