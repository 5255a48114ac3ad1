import { lookup } from "node:dns/promises";
import type { Network } from "@likeness/core";

/** The network as this machine sees it. */
export const nodeNetwork: Network = {
  fetch: (url, init) => fetch(url, init),
  addressesOf: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
};
