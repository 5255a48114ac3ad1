import { lookup, resolve4, resolve6 } from "node:dns/promises";
import type { Network } from "@likeness/core";

const addressesHere = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** What a server of DNS answers where a host has no such record; anything else means that none was asked. */
const noRecord = new Set(["ENOTFOUND", "ENODATA"]);

/** How DNS is asked; tests replace it. */
interface Resolvers {
  readonly resolve4: (host: string) => Promise<readonly string[]>;
  readonly resolve6: (host: string) => Promise<readonly string[]>;
  readonly here: (host: string) => Promise<readonly string[]>;
}

/**
 * Asks DNS itself, because the machine's own files may name its host otherwise. Where no server of DNS can be asked,
 * what this machine knows has to do.
 */
export async function addressesInDns(
  host: string,
  resolvers: Resolvers = { resolve4, resolve6, here: addressesHere },
): Promise<readonly string[]> {
  const answers = await Promise.allSettled([resolvers.resolve4(host), resolvers.resolve6(host)]);
  const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  const isAnswered = answers.some(({ status }) => status === "fulfilled") || answers.every(hasNoRecord);
  return addresses.length > 0 || isAnswered ? addresses : resolvers.here(host);
}

const hasNoRecord = (answer: PromiseSettledResult<unknown>): boolean =>
  answer.status === "rejected" && noRecord.has((answer.reason as NodeJS.ErrnoException).code ?? "");

/** The network as this machine sees it. */
export const nodeNetwork: Network = {
  fetch: (url, init) => fetch(url, init),
  addressesOf: (host) => addressesInDns(host),
  addressesHere,
};
