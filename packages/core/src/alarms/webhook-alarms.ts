import { err, ok, ResultAsync, type Result } from "neverthrow";
import type { AlarmRefused, Alarms, AlarmsUnavailable } from "../ports/alarms.ts";
import type { Clock } from "../ports/clock.ts";
import { systemClock } from "../ports/clock.ts";
import type { Alarm } from "./alarm.ts";

export interface WebhookAlarmsOptions {
  /** https, or http on a loopback address; without user name and password. */
  readonly url: string;
  /** `whsec_` and base64 of 24 to 64 bytes, as Standard Webhooks has it. */
  readonly secret: string;
  /** Sends the request. */
  readonly fetch: (url: string, request: RequestInit) => Promise<Response>;
  readonly clock?: Clock | undefined;
}

const timeoutMilliseconds = 10_000;

/**
 * Alarms as POST requests with JSON, signed as Standard Webhooks does. A 2xx within ten seconds means that it was taken;
 * redirects are not followed, and the answer's body is not read. https://www.standardwebhooks.com
 *
 * @throws For an address or a secret that cannot be used, which is a mistake of the host.
 *
 * @example
 * const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
 * const alarms = [webhookAlarms({ url: "https://alarms.example/likeness", secret, fetch })];
 */
export function webhookAlarms({ url, secret, fetch, clock = systemClock }: WebhookAlarmsOptions): Alarms {
  if (!isSafe(url)) throw new TypeError("webhookAlarms needs an https URL (http only on a loopback address)");
  const key = importKey(secret);
  // The first use tells; until then nobody listens.
  key.catch(() => undefined);
  return {
    name: "webhook",
    tell: (alarm) => {
      const work = async (): Promise<Result<void, AlarmRefused | AlarmsUnavailable>> => {
        const request = await signedRequest(await key, alarm, clock);
        const timeout = new AbortController();
        const callOff = clock.after(timeoutMilliseconds, () => timeout.abort());
        try {
          const { ok: taken, status, body } = await fetch(url, { ...request, signal: timeout.signal });
          await body?.cancel().catch(() => undefined);
          return taken ? ok(undefined) : err({ type: "alarms-unavailable", detail: `HTTP ${status}` });
        } catch {
          // The error of a fetch may name the address, which may be a secret.
          const detail = timeout.signal.aborted ? "no answer within ten seconds" : "the address could not be reached";
          return err({ type: "alarms-unavailable", detail });
        } finally {
          callOff();
        }
      };
      return new ResultAsync(work());
    },
  };
}

const loopback = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && loopback.test(hostname));
}

const secretShape = /^whsec_(?<key>[A-Za-z0-9+/]{32,88}={0,2})$/;

function importKey(secret: string): Promise<CryptoKey> {
  const bytes = bytesOf(secretShape.exec(secret)?.groups?.["key"] ?? "");
  if (bytes.length < 24 || bytes.length > 64)
    throw new TypeError("webhookAlarms needs a secret of whsec_ and base64 of 24 to 64 bytes");
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

async function signedRequest(key: CryptoKey, { type, ...data }: Alarm, clock: Clock): Promise<RequestInit> {
  const now = clock.now();
  // Dots separate what is signed, so the id has none.
  const id = data.id.replaceAll(/[^\w:-]/g, "_");
  const seconds = Math.floor(Date.parse(now) / 1_000);
  const body = JSON.stringify({ type: `alarm.${type}`, timestamp: now, data });
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${seconds}.${body}`));
  return {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "user-agent": "likeness",
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`,
    },
    body,
  };
}
