import { fromBase64Url, toBase64Url } from "../http/base64-url.ts";

/** Who has signed in, until when. */
export interface Session {
  readonly operator: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface Sessions {
  /** What a cookie holds: who, until when, and a proof that is made with the token, so that another token ends it. */
  seal(session: Session): Promise<string>;
  /** `undefined`: it is not ours, or it is over. */
  open(sealed: string, now: number): Promise<Session | undefined>;
  /** Compares with the token in constant time. */
  isToken(given: string): Promise<boolean>;
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const importKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

/** Until when, the name and the proof. A name has 100 characters at most. */
const form = /^(\d{13})\.([\w-]{1,600})\.([\w-]{43})$/;

const message = (until: string, name: string): Uint8Array<ArrayBuffer> =>
  encode(`likeness operator session|1|${until}|${name}`);

/** Sessions that a token opens. Nothing is stored, so every process of a deployment knows them. */
export function sessions(token: string): Sessions {
  const key = importKey(encode(token));
  // Of this process alone: what is compared with it tells nothing about the token.
  const once = importKey(crypto.getRandomValues(new Uint8Array(32)));
  const proof = once.then((own) => crypto.subtle.sign("HMAC", own, encode(token)));
  return {
    seal: async ({ operator, until }) => {
      const name = toBase64Url(encode(operator));
      const signature = await crypto.subtle.sign("HMAC", await key, message(String(until), name));
      return `${until}.${name}.${toBase64Url(new Uint8Array(signature))}`;
    },
    open: async (sealed, now) => {
      const [, until = "", name = "", given = ""] = form.exec(sealed) ?? [];
      const [signature, operator] = [fromBase64Url(given), fromBase64Url(name)];
      if (!signature || !operator || Number(until) <= now) return undefined;
      const isOurs = await crypto.subtle.verify("HMAC", await key, signature, message(until, name));
      return isOurs ? { operator: new TextDecoder().decode(operator), until: Number(until) } : undefined;
    },
    isToken: async (given) => crypto.subtle.verify("HMAC", await once, await proof, encode(given)),
  };
}
