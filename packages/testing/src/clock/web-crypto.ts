/** What Web Crypto does on threads of its own, of which neither promises nor the event loop tell. */
const underWay = new Set<Promise<unknown>>();

/** Until something that Web Crypto does has ended; undefined when it does nothing. */
export const untilCryptoDone = (): Promise<unknown> | undefined =>
  underWay.size > 0 ? Promise.allSettled(underWay) : undefined;

const methods =
  "decrypt deriveBits deriveKey digest encrypt exportKey generateKey importKey sign unwrapKey verify wrapKey".split(
    " ",
  );

let noted = false;

/** Begins to note what this process asks of Web Crypto. Its answers stay the same. */
export function noteCrypto(): void {
  if (noted) return;
  noted = true;
  const subtle = crypto.subtle as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  for (const method of methods) {
    const ask = subtle[method]?.bind(crypto.subtle);
    if (!ask) continue;
    subtle[method] = (...given) => {
      const answer = ask(...given);
      const forget = (): void => void underWay.delete(answer);
      underWay.add(answer);
      answer.then(forget, forget);
      return answer;
    };
  }
}
