import { fromBase64Url, toBase64Url } from "./base64-url.ts";
import { cookieFor, cookiesIn } from "./cookies.ts";

/** What came of an act, for the page that follows it. */
export interface Said {
  readonly good: boolean;
  /** Which act, as on its button. */
  readonly label: string;
  readonly says: string;
}

/** What is said to whom: a notice is told to nobody but the operator whose act it was. */
export interface Notices {
  /** The header by which the next page tells it: an address would tell it again and again, and to others. */
  cookieSaying(request: Request, who: string, said: Said): Promise<string>;
  /** What was said, and the header after which it is not said again. */
  saidIn(request: Request, who: string): Promise<(Said & { readonly deletion: string }) | undefined>;
}

const seconds = 60;
/** A browser keeps 4,096 bytes of a cookie. */
const mostCharacters = 700;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const message = (who: string, value: string): Uint8Array<ArrayBuffer> =>
  encode(`likeness operator notice|1|${JSON.stringify(who)}|${value}`);

/**
 * Notices with a proof, because other hosts of the domain can set a cookie too, and behind a proxy it is not known whether
 * the browser came by https. `secret`: what the processes of a deployment share; without one a notice is told by the process
 * that made it.
 */
export function notices(secret?: string): Notices {
  const bytes = secret === undefined ? crypto.getRandomValues(new Uint8Array(32)) : encode(secret);
  const key = crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  return {
    cookieSaying: async (request, who, { good, label, says }) => {
      const value = toBase64Url(encode(JSON.stringify([good, label, says.slice(0, mostCharacters)])));
      const proof = await crypto.subtle.sign("HMAC", await key, message(who, value));
      return cookieFor(request, "said", `${value}.${toBase64Url(new Uint8Array(proof))}`, seconds);
    },
    saidIn: async (request, who) => {
      for (const { value: sent, deletion } of cookiesIn(request, "said")) {
        const [value = "", given = ""] = sent.split(".");
        const proof = fromBase64Url(given);
        if (!proof || !(await crypto.subtle.verify("HMAC", await key, proof, message(who, value)))) continue;
        const [good, label, says]: readonly unknown[] = listIn(value);
        if (typeof good === "boolean" && typeof label === "string" && typeof says === "string")
          return { good, label, says, deletion };
      }
      return undefined;
    },
  };
}

function listIn(value: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(value)));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
