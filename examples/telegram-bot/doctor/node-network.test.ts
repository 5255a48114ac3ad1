import { describe, expect, it } from "vitest";
import { addressesInDns } from "./node-network.ts";

const fails = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
const gives =
  (...addresses: string[]) =>
  async () =>
    addresses;
const here = gives("127.0.1.1");

describe("addressesInDns", () => {
  it("tells what DNS answers, and not what this machine has in a file", async () => {
    const resolvers = { resolve4: gives("93.184.216.34"), resolve6: fails("ENODATA"), here };
    expect(await addressesInDns("bot.example", resolvers)).toStrictEqual(["93.184.216.34"]);
  });

  it("finds no host that only a file of this machine names", async () => {
    const resolvers = { resolve4: fails("ENOTFOUND"), resolve6: fails("ENOTFOUND"), here };
    expect(await addressesInDns("bot.example", resolvers)).toStrictEqual([]);
  });

  it("asks this machine where no server of DNS answers", async () => {
    const resolvers = { resolve4: fails("ECONNREFUSED"), resolve6: fails("ECONNREFUSED"), here };
    expect(await addressesInDns("bot.example", resolvers)).toStrictEqual(["127.0.1.1"]);
  });
});
