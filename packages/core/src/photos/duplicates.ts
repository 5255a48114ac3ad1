import type { PhotoRejection } from "./photo-rejection.ts";
import type { Photo, PhotoFacts } from "./photo.ts";

/** Whether an accepted photo of the same avatar already shows this picture. */
export function findDuplicate(
  facts: PhotoFacts,
  others: readonly Photo[],
  maximumDistance: number,
): PhotoRejection | undefined {
  const accepted = others.flatMap(({ number, state }) =>
    state.status === "accepted" ? [{ number, ...state.facts }] : [],
  );
  const same = accepted.find(({ sha256 }) => sha256 === facts.sha256);
  if (same) return { code: "duplicate", of: same.number };
  const [nearest] = accepted
    .map(({ number, fingerprint }) => ({ of: number, distance: hammingDistance(fingerprint, facts.fingerprint) }))
    .toSorted((left, right) => left.distance - right.distance);
  return nearest && nearest.distance <= maximumDistance ? { code: "near-duplicate", ...nearest } : undefined;
}

/** Bits that differ between two hexadecimal numbers of the same length. */
export const hammingDistance = (left: string, right: string): number =>
  (BigInt(`0x${left}`) ^ BigInt(`0x${right}`)).toString(2).replaceAll("0", "").length;
