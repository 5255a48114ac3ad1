import { testClock } from "@likeness/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { aSubmittedTraining, aSubmittingTraining, preparedWith, upload } from "../__fixtures__/trainings.ts";
import { falProvider } from "./fal-provider.ts";

const key = "key-id:key+/hidden==";
const archiveUrl = "https://v3.fal.media/files/rabbit/hidden-photos.zip";
const webhookUrl = "https://bot.example/api/v1/avatar/status_update?order=t-1&token=hidden_t-oken";
const clock = testClock();

const asked = aSubmittedTraining();
const lost = aSubmittingTraining(archiveUrl, clock.now());

const urls = [archiveUrl, webhookUrl, "https://storage.example/put?signature=hidden"].flatMap((url) => [
  url,
  url.replace("https:", "HTTPS:"),
  url.replace("https://", ""),
]);
const encoded = urls.map(encodeURIComponent);

const keys = [key, encodeURIComponent(key)];

/** Ways to write down what must not be seen; each has the word `hidden` in it. */
const secrets = [...keys, ...urls, ...encoded, ...encoded.map(encodeURIComponent), "/put?signature=hidden"];

/** Answers in which a text stands, also with JSON's other ways to write the same. */
const answers: readonly ((text: string) => string)[] = [
  (detail) => JSON.stringify({ detail }),
  (msg) => JSON.stringify({ detail: [{ loc: ["body", msg], msg, input: msg }] }),
  (detail) => JSON.stringify({ detail }).replaceAll("/", "\\/"),
  (error) => JSON.stringify({ status: "COMPLETED", error }),
  (text) => text,
];

const said = fc.record({
  secret: fc.constantFrom(...secrets),
  before: fc.constantFrom("", "failed: ", "x ".repeat(140), "(", "'"),
  after: fc.constantFrom("", " is wrong", "'"),
  answer: fc.constantFrom(...answers),
  status: fc.constantFrom(200, 400, 401, 404, 422, 429, 500, 503, "thrown"),
});

describe("falProvider", () => {
  it("says neither the key nor the webhook's token nor where files are, whatever goes wrong", async () => {
    const temporaryDirectory = await temporaryFolder();
    // What comes with 200 is a model's, which never sees the key.
    const possible = said.filter(({ secret, status }) => status !== 200 || !keys.includes(secret));
    const property = fc.asyncProperty(possible, async ({ secret, before, after, answer, status }) => {
      const text = `${before}${secret}${after}`;
      const fetch = async (): Promise<Response> => {
        if (typeof status !== "number") throw new TypeError(text, { cause: new Error(text) });
        return new Response(answer(text), { status, headers: { "content-type": "application/json" } });
      };
      const provider = falProvider({ key, clock, fetch, temporaryDirectory });
      const outcomes = [
        await provider.look(asked),
        await provider.cancel(asked),
        await provider.find(lost),
        await provider.submit({ order: lost, prepared: preparedWith(archiveUrl), webhookUrl }),
        await upload(provider, { name: "hidden", entries: [aPhotoEntry("photo_001.jpg", 10)] }),
      ];
      expect(JSON.stringify(outcomes)).not.toContain("hidden");
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
