import type { EchoSeals } from "./echo-seals.ts";

/** Maximum length of an order id in an address, in characters; ours are UUIDs of 36. */
const orderIdLimit = 100;

/** Path of the webhook endpoint below the public URL. */
export const webhookPath = "/api/v1/avatar/status_update";

/** Makes and checks the address that a provider reports to. Its token proves that we made it, for this order. */
export interface WebhookAddress {
  urlFor(orderId: string): Promise<string>;
  /** In constant time; false for anything that is not a token of this order. */
  accepts(orderId: string, token: string): Promise<boolean>;
  /** For the check of the public address; absent: it cannot be checked. */
  readonly echoes?: EchoSeals | undefined;
}

export interface WebhookAddressOptions {
  /**
   * Base URL that the provider can reach, e.g. `https://bot.example`, without a query; trailing slashes are ignored.
   */
  readonly publicUrl: string;
  /** At least 32 bytes each. The first one signs, all are accepted: to rotate, put the new one first. */
  readonly secrets: readonly string[];
}

/** The token is base64url HMAC-SHA-256 over `v1|<order id>`, so it cannot be guessed and need not be stored. */
export function webhookAddress({ publicUrl, secrets }: WebhookAddressOptions): WebhookAddress {
  const weak = secrets.length === 0 || secrets.some((secret) => encode(secret).length < 32);
  if (weak) throw new Error("webhookAddress needs secrets of at least 32 bytes each");
  const keys = secrets.map(importKey);
  const { href, search, hash } = new URL(publicUrl);
  if (search || hash) throw new Error("webhookAddress needs a publicUrl without query and fragment");
  const base = href.replace(/[/?#]+$/, "");
  const sign = async (text: string): Promise<string> => {
    const [signingKey] = keys;
    return toBase64Url(await crypto.subtle.sign("HMAC", (await signingKey) as CryptoKey, encode(text)));
  };
  const isSigned = async (text: string, token: string): Promise<boolean> => {
    const signature = fromBase64Url(token);
    if (!signature) return false;
    for (const key of keys) if (await crypto.subtle.verify("HMAC", await key, signature, encode(text))) return true;
    return false;
  };
  return {
    urlFor: async (orderId) =>
      `${base}${webhookPath}?order=${encodeURIComponent(orderId)}&token=${await sign(ofOrder(orderId))}`,
    accepts: async (orderId, token) => orderId.length <= orderIdLimit && isSigned(ofOrder(orderId), token),
    echoes: {
      urlFor: async (echo) =>
        `${base}${webhookPath}?echo=${encodeURIComponent(echo)}&token=${await sign(ofEcho(echo))}`,
      accepts: (echo, token) => isSigned(ofEcho(echo), token),
      answerTo: (echo, digest) => sign(ofAnswer(echo, digest)),
      isAnswerTo: (echo, digest, answer) => isSigned(ofAnswer(echo, digest), answer),
    },
  };
}

// Their beginnings differ, so that none can stand for another one.
const ofOrder = (orderId: string): string => `v1|${orderId}`;
const ofEcho = (echo: string): string => `echo|${echo}`;
const ofAnswer = (echo: string, digest: string): string => `answer|${digest}|${echo}`;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const importKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

/** 32 bytes are 43 characters of base64url; anything else is not a token. */
function fromBase64Url(token: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  return Uint8Array.from(atob(token.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}
