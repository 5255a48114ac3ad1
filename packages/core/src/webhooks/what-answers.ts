import { found, type Found } from "../ports/check.ts";
import { webhookPath } from "./webhook-address.ts";

/** A login that stands before an address, by what it sends or where it leads. */
const login =
  /<input[^>]+type=["']?password|\b(?:log[\s_-]?in|sign[\s_-]?in|sso|oauth2?|saml|authorize|authenticate)\b/i;

const loginWall = (what: string): Found =>
  found.broken(what, `let POST requests to ${webhookPath} pass without a login`);

const nobodyBehind = (status: number): Found =>
  found.broken(
    `the proxy answers ${status}: it does not reach the bot`,
    "start the bot, and let the proxy pass requests on to its host and port",
  );

const wrongPath = (status: number): Found =>
  found.broken(
    `the path is not there (${status})`,
    "put the path under which the bot is served into the public URL, and let the proxy pass on all below it",
  );

/** Says what has answered in place of us. Nothing of its text is repeated but the host that a redirect leads to. */
export function whatAnswers({ status, headers, type }: Response, text: string, asked: URL): Found {
  if ((status >= 300 && status < 400) || type === "opaqueredirect") return redirected(headers.get("location"), asked);
  if (status === 401 || status === 403 || status === 407 || status === 511)
    return loginWall(`something before the bot asks for a login (${status})`);
  if (status === 413) return found.broken("the proxy refuses bodies of this size (413)", "raise its limit for bodies");
  if (isOurs(text, "webhook-not-found"))
    return found.broken(
      "a Likeness answers there that does not know our signature",
      "give all processes the same webhook secret, restart them, and set their clocks right",
    );
  if (status === 404 || status === 405 || status === 410) return wrongPath(status);
  if (status >= 500) return nobodyBehind(status);
  if (login.test(text)) return loginWall("a page with a login answers there");
  return found.broken(
    `another program answers there (${status})`,
    "see where the DNS record and the proxy lead, and which program serves this address",
  );
}

function redirected(location: string | null, asked: URL): Found {
  const to = location !== null && URL.canParse(location, asked) ? new URL(location, asked) : undefined;
  if (to && login.test(`${to.hostname} ${to.pathname}`)) return loginWall("it leads to a login");
  const where = !to ? "elsewhere" : to.host === asked.host ? sameHost(to, asked) : to.host;
  return found.broken(
    `it redirects to ${where}, and providers do not follow redirects`,
    "set the public URL to the final address, or switch the redirect off for POST requests",
  );
}

const sameHost = (to: URL, asked: URL): string =>
  to.protocol === asked.protocol ? "another path of the same host" : to.protocol.slice(0, -1);

/** Our own answer to an address that we did not make. */
const isOurs = (text: string, error: string): boolean => text.replaceAll(/\s/g, "") === `{"error":"${error}"}`;
