import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** Why a request is refused: a status and a sentence for people. */
export interface PageRefusal {
  readonly status: 403 | 421;
  readonly message: string;
}

/**
 * Refuses requests that a web page makes a browser send. Any page in a browser of the same machine can reach a server
 * on loopback: by a host name that resolves to loopback (so `Host` has to be an address, `localhost` or one of
 * `names`), and by cross-origin requests (so `Origin` and `Sec-Fetch-Site` must not name another origin). Programs send
 * neither of the latter two.
 */
export function refusePages(headers: IncomingHttpHeaders, names: readonly string[]): PageRefusal | undefined {
  const { host = "", origin, "sec-fetch-site": site = "none" } = headers;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  if (!isAddress && name !== "localhost" && !names.some((known) => known.toLowerCase() === name))
    return { status: 421, message: `This is not ${name}. Names other than localhost are given as "names".` };
  if ((origin !== undefined && origin !== `http://${host}`) || !["none", "same-origin"].includes(site))
    return { status: 403, message: "Pages of other origins get no answer here." };
  return undefined;
}
