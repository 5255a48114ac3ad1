import { lookup as systemLookup } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { throwable } from "./attempt.ts";
import { isPublicAddress } from "./public-address.ts";

/** The error of `publicFetch` when an address is not public. */
export const notPublic = throwable({ type: "answer", status: 0, detail: "the file is not at a public address" });

export interface PublicFetchOptions {
  /** Default: the system's. */
  readonly lookup?: typeof systemLookup | undefined;
  /** Default: the addresses of the public internet. */
  readonly isPublic?: ((address: string) => boolean) | undefined;
}

/** The time that Node's own `fetch` waits for the next chunk. */
const idleMilliseconds = 300_000;

/**
 * A GET that follows no redirect and connects to public addresses only. The check is part of the lookup for the
 * connection: Node's own `fetch` does not reveal the address, and an earlier lookup may return another address than the
 * connection's.
 */
export function publicFetch({ lookup = systemLookup, isPublic = isPublicAddress }: PublicFetchOptions = {}) {
  const checkedLookup: LookupFunction = (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const open = addresses.filter(({ address }) => isPublic(address));
      const [first] = open;
      if (!first) return callback(notPublic, []);
      return options.all ? callback(null, open) : callback(null, first.address, first.family);
    });

  return (url: URL, signal: AbortSignal): Promise<Response> => {
    // A host that is an address is not looked up, so it is checked here.
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) && !isPublic(host)) return Promise.reject(notPublic);
    return new Promise((resolve, reject) => {
      const { get } = url.protocol === "https:" ? https : http;
      // Not decompressed, because the length is compared with the stated size.
      const headers = { accept: "*/*", "accept-encoding": "identity" };
      const request = get(url, { lookup: checkedLookup, agent: false, timeout: idleMilliseconds, signal, headers });
      request.once("timeout", () => request.destroy(new DOMException("no answer in time", "TimeoutError")));
      request.once("error", reject);
      request.once("response", (incoming) => {
        try {
          resolve(responseOf(incoming));
        } catch (error) {
          request.destroy();
          reject(error);
        }
      });
    });
  };
}

const withoutBody: readonly number[] = [204, 205, 304];

function responseOf(incoming: IncomingMessage): Response {
  const { statusCode: status = 0, headersDistinct } = incoming;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  // The cast: Node and the DOM describe the same class in two ways.
  const body = withoutBody.includes(status) ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  if (!body) incoming.resume();
  return new Response(body, { status, headers });
}
