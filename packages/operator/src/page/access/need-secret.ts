/** @throws If it is too short to be a secret. */
export function needSecret(secret: string, called: string): void {
  if (new TextEncoder().encode(secret).length < 32)
    throw new TypeError(`operatorPage needs ${called} of at least 32 bytes, e.g. of \`openssl rand -hex 32\``);
}
