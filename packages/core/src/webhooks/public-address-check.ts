import { sha256 } from "../blobs/sha256.ts";
import { found, type Check, type Found } from "../ports/check.ts";
import type { Clock } from "../ports/clock.ts";
import type { Network } from "../ports/network.ts";
import type { WebhookIntake } from "../ports/outside-ports.ts";
import { isObject } from "../values/json.ts";
import type { EchoSeals } from "./echo-seals.ts";
import { echoName } from "./echo.ts";
import { isIpAddress, isPrivateAddress } from "./private-address.ts";
import { longestBody } from "./read-body.ts";
import { whyNoAnswer } from "./why-no-answer.ts";
import { whatAnswers } from "./what-answers.ts";

export interface PublicAddressParts {
  readonly webhooks: WebhookIntake;
  readonly clock: Pick<Clock, "now">;
  readonly network?: Network | undefined;
}

const name = "public address";

/**
 * Sends signed requests to our own public address: a short one, and one as long as the longest webhook. Only a process
 * with our secret can answer them, so the answer proves the whole way.
 */
export const publicAddressCheck = ({ webhooks, clock, network }: PublicAddressParts): Check => ({
  name,
  seconds: 20,
  late: found.broken(
    "it does not answer within 20 s",
    "see whether the bot is running, and whether the proxy passes requests on to it",
  ),
  look: async (signal) => {
    const seals = webhooks.address.echoes;
    if (!seals) return [found.skipped("the address of this host cannot be checked")];
    if (!network) return [found.skipped("this host gives the core no network to look with")];
    const send = (bytes: number) => sendEcho({ seals, network, signal, at: clock.now() }, bytes);
    const { hostname } = new URL(await seals.urlFor(""));
    const hidden = await hiddenHost(network, hostname);
    if (hidden) return [hidden];
    const seen = await probe(send, hostname, longestBody(webhooks));
    const here = await privatelyHere(network, hostname);
    return [here === undefined ? seen : asSeenHere(seen, hostname, here)];
  },
});

async function probe(send: (bytes: number) => Promise<Echoed>, hostname: string, longest: number): Promise<Found> {
  const short = await send(shortBody);
  if (short.type !== "came-through") return short.found;
  const long = await send(longest);
  return long.type === "came-through"
    ? found.ok(`${hostname} leads here, also for the longest webhooks (${sizeOf(longest)})`)
    : found.broken(`a webhook of ${sizeOf(longest)} does not come through: ${long.found.what}`, bodyAdvice(longest));
}

/** The address to which this machine connects for a host, if it is private: e.g. 127.0.1.1 of Debian's `/etc/hosts`. */
async function privatelyHere({ addressesHere }: Network, host: string): Promise<string | undefined> {
  const addresses = (await addressesHere?.(host).catch(() => [])) ?? [];
  return addresses.every(isPrivateAddress) ? addresses[0] : undefined;
}

/** What was sent has taken another way than a webhook, so neither a good nor a bad end tells what providers see. */
const asSeenHere = ({ what }: Found, host: string, address: string): Found =>
  found.warning(
    `as seen from this machine, where ${host} is ${address}: ${what}`,
    `DNS leads providers to a public address: look from another machine, or take ${host} out of /etc/hosts here`,
  );

const shortBody = 64;

const bodyAdvice = (bytes: number): string =>
  `raise the limit for bodies in your proxy to at least ${sizeOf(bytes)}, e.g. client_max_body_size in nginx`;

const sizeOf = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MiB`;

/** A host that no provider can reach, by its name or its addresses. */
async function hiddenHost({ addressesOf }: Network, host: string): Promise<Found | undefined> {
  const addresses = isIpAddress(host) ? [host] : await addressesOf(host).catch(() => []);
  if (addresses.length === 0)
    return found.broken(`there is no host ${host}`, "make its DNS record, or correct the public URL");
  return addresses.every(isPrivateAddress)
    ? found.broken(
        `${host} has only private addresses (${addresses.slice(0, 3).join(", ")}), which no provider reaches`,
        "let its public DNS record lead to a public address",
      )
    : undefined;
}

interface Sending {
  readonly seals: EchoSeals;
  readonly network: Network;
  readonly signal: AbortSignal;
  readonly at: string;
}

type Echoed = { readonly type: "came-through" } | { readonly type: "lost"; readonly found: Found };

async function sendEcho({ seals, network, signal, at }: Sending, bytes: number): Promise<Echoed> {
  const echo = echoName(at, bytes);
  const body = new Uint8Array(bytes);
  crypto.getRandomValues(body.subarray(0, Math.min(bytes, 64)));
  const url = await seals.urlFor(echo);
  const headers = { "content-type": "application/json", accept: "application/json" };
  try {
    const response = await network.fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    const text = await beginningOf(response);
    const answer = echoIn(text);
    if (answer !== undefined && (await seals.isAnswerTo(echo, await sha256(body), answer)))
      return { type: "came-through" };
    return { type: "lost", found: whatAnswers(response, text, new URL(url)) };
  } catch (thrown) {
    return { type: "lost", found: whyNoAnswer(thrown) };
  }
}

const longestRead = 16_384;

/** As much of an answer as tells what it is. */
async function beginningOf({ body }: Response): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk.subarray(0, longestRead), { stream: true });
    if (text.length >= longestRead) break;
  }
  return text.slice(0, longestRead);
}

function echoIn(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) && typeof parsed["echo"] === "string" ? parsed["echo"] : undefined;
  } catch {
    return undefined;
  }
}
