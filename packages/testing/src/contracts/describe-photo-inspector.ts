import { describe, expect, it } from "vitest";
import { defaultPolicy, type PhotoInspector, type PhotoRejection, type PhotoRejectionCode } from "@likeness/core";
import { err, type Result } from "neverthrow";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { valueOf } from "../results/value-of.ts";

/** The rejection codes that an inspector can find from a single photo. */
export type InspectorRejectionCode = Exclude<
  PhotoRejectionCode,
  "duplicate" | "near-duplicate" | "limit-reached" | "unavailable"
>;

export interface PhotoSamples {
  /** Two different pictures that are accepted. */
  readonly accepted: readonly [Uint8Array, Uint8Array];
  /** One picture that is accepted, in two different files. */
  readonly alike: readonly [Uint8Array, Uint8Array];
  /** A photo for every rejection code. */
  readonly rejected: Readonly<Record<InspectorRejectionCode, Uint8Array>>;
}

export interface PhotoInspectorSubject {
  readonly inspector: PhotoInspector;
  readonly samples: PhotoSamples;
}

const codes = [
  "empty",
  "not-an-image",
  "unsupported-format",
  "truncated",
  "file-too-large",
  "too-many-pixels",
  "too-small",
  "extreme-ratio",
  "too-dark",
  "too-bright",
  "low-contrast",
  "too-blurry",
] as const satisfies readonly InspectorRejectionCode[];

/** The contract of a `PhotoInspector`. `create` is called once per test. */
export function describePhotoInspector(name: string, create: () => Promise<PhotoInspectorSubject>): void {
  describe(`PhotoInspector: ${name}`, () => {
    it("accepts good photos and measures them", async () => {
      const { inspector, samples } = await create();
      for (const photo of samples.accepted) {
        const { facts, copy } = await valueOf(inspector.inspect(photo));
        expect(facts).toStrictEqual({
          sha256: digestOf(photo),
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
          width: expect.any(Number),
          height: expect.any(Number),
          bytes: copy.length,
        });
        expect([facts.width, facts.height].every((side) => Number.isInteger(side) && side > 0)).toBe(true);
      }
    });

    it("makes a copy that is itself a good photo of the same picture", async () => {
      const { inspector, samples } = await create();
      const { facts, copy } = await valueOf(inspector.inspect(samples.accepted[0]));
      const ofCopy = await valueOf(inspector.inspect(copy));
      expect(ofCopy.facts).toMatchObject({ width: facts.width, height: facts.height, sha256: digestOf(copy) });
      expect(distance(ofCopy.facts.fingerprint, facts.fingerprint)).toBeLessThanOrEqual(
        defaultPolicy.nearDuplicateDistance,
      );
    });

    it("says the same about the same bytes, also in parallel, and leaves them as they are", async () => {
      const { inspector, samples } = await create();
      const photo = samples.accepted[0].slice();
      const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => valueOf(inspector.inspect(photo))));
      for (const other of others) expect(other.facts).toStrictEqual(first?.facts);
      expect(digestOf(photo)).toBe(digestOf(samples.accepted[0]));
    });

    it("tells pictures apart by their fingerprints, whatever file they are in", async () => {
      const { inspector, samples } = await create();
      const between = async ([left, right]: readonly [Uint8Array, Uint8Array]): Promise<number> => {
        const [leftPhoto, rightPhoto] = [
          await valueOf(inspector.inspect(left)),
          await valueOf(inspector.inspect(right)),
        ];
        expect(leftPhoto.facts.sha256).not.toBe(rightPhoto.facts.sha256);
        return distance(leftPhoto.facts.fingerprint, rightPhoto.facts.fingerprint);
      };
      expect(await between(samples.alike)).toBeLessThanOrEqual(defaultPolicy.nearDuplicateDistance);
      expect(await between(samples.accepted)).toBeGreaterThan(defaultPolicy.nearDuplicateDistance);
    });

    it.each(codes)("refuses a photo as %s, with the numbers behind it", async (code) => {
      const { inspector, samples } = await create();
      const rejection = rejectionIn(await inspector.inspect(samples.rejected[code]));
      expect(rejection?.code).toBe(code);
      expect(rejection && contradiction(rejection)).toBeUndefined();
    });

    it("judges whatever it is given: halves, tails, holes and noise", async () => {
      const { inspector, samples } = await create();
      const [photo] = samples.accepted;
      const half = Math.floor(photo.length / 2);
      const noise = Uint8Array.from({ length: 4_096 }, (_, index) => (index * 7_919 + 13) % 256);
      const hole = new Uint8Array(photo).fill(0xff, half, Math.floor(1.25 * half));
      const pieces = [photo.subarray(0, half), photo.subarray(0, 20), photo.subarray(half), hole, noise];
      for (const bytes of [...pieces, Uint8Array.of(0)])
        expect(await inspector.inspect(bytes)).toStrictEqual(
          err({ type: "photo-rejected", rejection: expect.anything() }),
        );
    });
  });
}

const rejectionIn = (result: Result<unknown, { readonly type: string; readonly rejection?: PhotoRejection }>) =>
  result.isErr() && result.error.type === "photo-rejected" ? result.error.rejection : undefined;

/** What is wrong with the numbers of a rejection, if anything. */
function contradiction(rejection: PhotoRejection): string | undefined {
  const said = JSON.stringify(rejection);
  switch (rejection.code) {
    case "unsupported-format":
      return rejection.format ? undefined : said;
    case "file-too-large":
      return rejection.bytes > rejection.maximum ? undefined : said;
    case "too-many-pixels":
      return rejection.pixels > rejection.maximum ? undefined : said;
    case "too-small":
      return rejection.side < rejection.minimum ? undefined : said;
    case "extreme-ratio":
      return rejection.ratio > rejection.maximum ? undefined : said;
    case "too-dark":
      return rejection.luminance < rejection.minimum ? undefined : said;
    case "too-bright":
      return rejection.luminance > rejection.maximum ? undefined : said;
    case "low-contrast":
      return rejection.contrast < rejection.minimum ? undefined : said;
    case "too-blurry":
      return rejection.sharpness < rejection.minimum ? undefined : said;
    default:
      return undefined;
  }
}

/** How many of 64 bits differ. */
function distance(left: string, right: string): number {
  const different = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  return different.toString(2).replaceAll("0", "").length;
}
