/** The beginnings of IPv4 networks that are not public. https://www.iana.org/assignments/iana-ipv4-special-registry */
const privateNetworks: readonly (readonly [network: readonly [number, number], bits: number])[] = [
  [[0, 0], 8],
  [[10, 0], 8],
  [[100, 64], 10],
  [[127, 0], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 168], 16],
  [[198, 18], 15],
  [[224, 0], 3],
];

/** Whether an IP address leads nowhere from outside: loopback, private, link-local, shared or reserved. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^\[|\]$|%.*$/g, "");
  const four = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(plain);
  if (four) {
    const begins = (Number(four[1]) << 8) | Number(four[2]);
    return privateNetworks.some(
      ([[first, second], bits]) => begins >> (16 - bits) === ((first << 8) | second) >> (16 - bits),
    );
  }
  // Loopback, unspecified, unique local, link-local; the rest of IPv6 that is in use is global.
  return /^(?:::1?$|f[cd]|fe[89ab])/.test(plain);
}

/** Whether the host of an address is an IP address. */
export const isIpAddress = (host: string): boolean => /^\[.*\]$|^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
