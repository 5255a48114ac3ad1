import { expect, it } from "vitest";
import { isPrivateAddress } from "./private-address.ts";

it.each([
  "10.0.0.1",
  "127.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.1.1",
  "0.0.0.0",
  "239.1.1.1",
  "::1",
  "[::1]",
  "::",
  "fd00::1",
  "fe80::1%eth0",
  "::ffff:10.0.0.1",
])("%s leads nowhere from outside", (address) => expect(isPrivateAddress(address)).toBe(true));

it.each([
  "8.8.8.8",
  "172.15.0.1",
  "172.32.0.1",
  "100.63.0.1",
  "100.128.0.1",
  "192.169.0.1",
  "2a00:1450::1",
  "::ffff:8.8.8.8",
])("%s is public", (address) => expect(isPrivateAddress(address)).toBe(false));
