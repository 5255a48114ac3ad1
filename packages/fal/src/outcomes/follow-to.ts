import { isIP } from "node:net";
import { throwable } from "../http/attempt.ts";
import { globalFetch, type Fetch } from "../http/fetch.ts";
import type { FalHosts } from "../http/hosts.ts";
import { networkFailure } from "../http/network-failure.ts";
import { isPublicAddress } from "../http/public-address.ts";
import { notPublic, publicFetch } from "../http/public-fetch.ts";
import { isSecureUrl } from "../http/secure-url.ts";

const mostRedirects = 5;

/**
 * Follows the redirects of a link and checks every step, which `fetch` does not: it would follow from https to http,
 * and to any address.
 */
export function followTo({ queue, rest, api, keySets }: FalHosts, given?: Fetch) {
  const configured: readonly string[] = [queue, rest, api, ...keySets.map((url) => new URL(url).origin)];
  const elsewhere = given ? plainFetch(given) : publicFetch();

  return async (start: string, signal: AbortSignal): Promise<Response> => {
    let url = start;
    let status = 0;
    let ours = configured.find((origin) => URL.canParse(start) && new URL(start).origin === origin);
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const refuse = (detail: string) => throwable({ type: "answer", status, detail });
      if (!isSecureUrl(url)) throw refuse("the file is not at an https address");
      const target = new URL(url);
      const isOurs = target.origin === ours;
      // Another host must not redirect to a configured host.
      if (!isOurs) ours = undefined;
      if (!isOurs && target.protocol !== "https:")
        throw refuse("the file is at a loopback address that is not configured");
      // Checked for every `fetch`, because the link itself shows it.
      if (!isOurs && !isOpenHost(target)) throw notPublic;
      const response = await (isOurs ? plainFetch(given ?? globalFetch) : elsewhere)(target, signal).catch(
        (thrown: unknown) => {
          throw thrown === notPublic ? thrown : throwable(networkFailure(thrown));
        },
      );
      const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
      if (location === null) return response;
      await response.body?.cancel();
      ({ status } = response);
      url = URL.canParse(location, url) ? new URL(location, url).href : "";
    }
    throw throwable({ type: "answer", status, detail: "too many redirects" });
  };
}

const plainFetch =
  (fetch: Fetch) =>
  (url: URL, signal: AbortSignal): Promise<Response> =>
    fetch(url.href, { redirect: "manual", signal });

function isOpenHost({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return isIP(host) ? isPublicAddress(host) : !/(?:^|\.)localhost$/i.test(host);
}
