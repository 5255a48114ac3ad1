import { fromBase64Url, toBase64Url } from "./base64-url.ts";
import { cookieFor, cookiesIn } from "./cookies.ts";

/** What came of an act, for the page that follows it. */
export interface Said {
  readonly good: boolean;
  /** Which act, as on its button. */
  readonly label: string;
  readonly says: string;
}

const seconds = 60;
/** A browser keeps 4,096 bytes of a cookie. */
const mostCharacters = 700;

/** The header by which the next page tells it: an address would tell it again and again, and to others. */
export const cookieSaying = (request: Request, { good, label, says }: Said): string => {
  const cut = JSON.stringify([good, label, says.slice(0, mostCharacters)]);
  return cookieFor(request, "said", toBase64Url(new TextEncoder().encode(cut)), seconds);
};

/** What was said, and the header after which it is not said again. */
export function saidIn(request: Request): (Said & { readonly deletion: string }) | undefined {
  const [sent] = cookiesIn(request, "said");
  const [good, label, says]: readonly unknown[] = listIn(sent?.value ?? "");
  return sent && typeof good === "boolean" && typeof label === "string" && typeof says === "string"
    ? { good, label, says, deletion: sent.deletion }
    : undefined;
}

function listIn(value: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(value)));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
