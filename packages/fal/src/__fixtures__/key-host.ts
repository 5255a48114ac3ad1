import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { httpListener, sendJson, type HttpListener } from "./http-listener.ts";

/** A key that signs webhooks. */
export const aSigningKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

export interface KeyHost {
  /** Of its key set. */
  readonly url: string;
  /** Times it was asked. */
  readonly asked: () => number;
  publish(keys: readonly KeyObject[] | "down"): void;
}

/** A host that publishes the public halves of keys. */
export async function keyHost(first: readonly KeyObject[] | "down"): Promise<KeyHost> {
  let published = first;
  const host: HttpListener = await httpListener((response) =>
    published === "down"
      ? sendJson(response, 503, { detail: "down" })
      : sendJson(response, 200, { keys: published.map((key) => createPublicKey(key).export({ format: "jwk" })) }),
  );
  return {
    url: `${host.url}/.well-known/jwks.json`,
    asked: () => host.received.length,
    publish: (keys) => void (published = keys),
  };
}
