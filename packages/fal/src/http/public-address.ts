import { BlockList, isIP } from "node:net";

/** Addresses that are not public. https://www.iana.org/assignments/iana-ipv4-special-registry */
const special = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  special.addSubnet(network, prefix, "ipv4");
// Within the global unicast addresses: special purposes, documentation, and 6to4, which leads to any IPv4 address.
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  special.addSubnet(network, prefix, "ipv6");

const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address is one of the public internet: not loopback, private, link-local, shared or reserved. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special.check(address, "ipv4");
  if (version !== 6 || address.includes("%")) return false;
  const inner = embeddedAddress(address);
  if (inner !== undefined) return isPublicAddress(inner);
  return globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** The IPv4 address inside of a mapped one (`::ffff:0:0/96`), or of one that NAT64 translates (`64:ff9b::/96`). */
function embeddedAddress(address: string): string | undefined {
  // `URL` writes the embedded IPv4 address without dots.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^(?:::ffff:|64:ff9b::)(?:([\da-f]{1,4}):)?([\da-f]{1,4})$/.exec(groups) ?? [];
  if (low === undefined) return undefined;
  return [high ?? "0", low].flatMap((group) => bytesOf(Number.parseInt(group, 16))).join(".");
}

const bytesOf = (group: number): number[] => [Math.floor(group / 256), group % 256];
