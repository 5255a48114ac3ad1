import { generateKeyPairSync, randomUUID, type KeyObject } from "node:crypto";

interface KeyPair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
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
}

/** Keys of one fake, made for it alone. */
export function keyring(): Keyring {
  const decoy = keyPair();
  let signer = keyPair();
  return {
    signer: () => signer.privateKey,
    stranger: keyPair().privateKey,
    jwks: () => ({ keys: [decoy, signer].map(publicJwk) }),
    rotate: () => void (signer = keyPair()),
  };
}

const keyPair = (): KeyPair => ({ kid: randomUUID(), ...generateKeyPairSync("ed25519") });

const publicJwk = ({ kid, publicKey }: KeyPair): object => ({
  ...publicKey.export({ format: "jwk" }),
  kid,
  use: "sig",
  alg: "EdDSA",
});
