import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

interface KeptKey {
  readonly kid: string;
  readonly privateKey: JsonWebKey;
}

export interface KeyringSnapshot {
  readonly decoy: KeptKey;
  readonly signer: KeptKey;
  readonly stranger: KeptKey;
}

export interface Keyring {
  /** Signs genuine webhooks. */
  signer(): KeyObject;
  /** A key that was never published. */
  readonly stranger: KeyObject;
  /** The published set; a key that signs nothing stands before the one that does, so that all have to be tried. */
  jwks(): { readonly keys: readonly object[] };
  /** Signs with a new key from now on; the old one leaves the set. */
  rotate(): void;
  snapshot(): KeyringSnapshot;
}

/** Keys of one fake, made for it alone. */
export function keyring(kept?: KeyringSnapshot): Keyring {
  const decoy = keyOf(kept?.decoy);
  const stranger = keyOf(kept?.stranger);
  let signer = keyOf(kept?.signer);
  return {
    signer: () => signer.privateKey,
    stranger: stranger.privateKey,
    jwks: () => ({ keys: [decoy, signer].map(publicJwk) }),
    rotate: () => void (signer = newKey()),
    snapshot: () => ({ decoy: toKept(decoy), signer: toKept(signer), stranger: toKept(stranger) }),
  };
}

const newKey = (): Key => ({ kid: randomUUID(), privateKey: generateKeyPairSync("ed25519").privateKey });

const keyOf = (kept?: KeptKey): Key =>
  kept ? { kid: kept.kid, privateKey: createPrivateKey({ key: kept.privateKey, format: "jwk" }) } : newKey();

const toKept = ({ kid, privateKey }: Key): KeptKey => ({ kid, privateKey: privateKey.export({ format: "jwk" }) });

const publicJwk = ({ kid, privateKey }: Key): object => ({
  ...createPublicKey(privateKey).export({ format: "jwk" }),
  kid,
  use: "sig",
  alg: "EdDSA",
});
