import { createLikeness, defaultPolicy, systemClock } from "@likeness/core";
import { falOutcomeSource, falProfiles, falProvider } from "@likeness/fal";
import { falFake, serveFalFake } from "@likeness/fal/testing";
import { telegramPhotos } from "@likeness/grammy";
import { serveTelegramFake, telegramFake } from "@likeness/grammy/testing";
import { sharpInspector } from "@likeness/sharp";
import { anArchive, aSnapshot, aTraining, photoBytes, testPorts, valueOf } from "@likeness/testing";
import { Api } from "grammy";
import sharp from "sharp";
import { describe, expect, it, onTestFinished, vi } from "vitest";

const actor = "telegram:42";
const { minimum } = falProfiles.portrait.photos;

async function servedFal() {
  const fake = falFake({ queueSeconds: 0, trainingSeconds: 0 });
  const { url, close } = await serveFalFake(fake);
  onTestFinished(async () => {
    await close();
    await fake.close();
  });
  return { url, provider: falProvider({ key: "fake-id:fake-secret", hosts: { queue: url, rest: url, api: url } }) };
}

describe("the fakes of one SDK fit each other", () => {
  it("Telegram's photos go through the core's fakes into fal's, which trains", async () => {
    const telegram = telegramFake({ token: "123456:fake-token" });
    const server = await serveTelegramFake(telegram);
    onTestFinished(async () => {
      await server.close();
      await telegram.close();
    });
    const photoSource = telegramPhotos(new Api("123456:fake-token", { apiRoot: server.url }));
    const { provider } = await servedFal();
    const { ports, notifier } = testPorts({
      clock: systemClock,
      provider,
      outcomes: falOutcomeSource(),
      profiles: falProfiles,
      photoSource,
      webhooks: undefined,
      policy: { ...defaultPolicy, pollSeconds: 0.05, pollMaxSeconds: 0.1 },
    });
    const likeness = createLikeness(ports);
    await valueOf(likeness.start());
    onTestFinished(() => valueOf(likeness.stop({ graceMs: 1_000 })));

    const ada = telegram.control.person(42, { firstName: "Ada" });
    const { id: avatarId } = await valueOf(
      likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" }),
    );
    for (let count = 0; count < minimum; count++) {
      const { fileId } = ada.sendsPhoto({ bytes: photoBytes() });
      const reference = { locator: JSON.stringify({ fileId }), key: fileId };
      const photo = await valueOf(photoSource.fetch(reference, AbortSignal.timeout(5_000)));
      await valueOf(likeness.photos.add({ actor, avatarId, bytes: photo }));
    }
    const { id } = await valueOf(likeness.trainings.start({ actor, avatarId }));
    const ended = await vi.waitUntil(
      async () => {
        const { state } = (await valueOf(ports.store.orders.find(id))) ?? {};
        return state && ["succeeded", "failed"].includes(state.status) && state;
      },
      { timeout: 15_000, interval: 50 },
    );
    expect(ended).toMatchObject({ status: "succeeded" });
    expect(notifier.attempts.map(({ content }) => content.template)).not.toContain("failed");
  });

  it("fal's trains with an archive that the core's fixtures make", async () => {
    const { url, provider } = await servedFal();
    const { input } = await valueOf(
      provider.prepare(aTraining("requested", { snapshot: aSnapshot({ profile: falProfiles.portrait }) }), anArchive()),
    );
    const trainer = `${url}/${falProfiles.portrait.endpoint}`;
    const headers = { authorization: "Key fake-id:fake-secret", "content-type": "application/json" };
    const submitted = await fetch(trainer, { method: "POST", headers, body: JSON.stringify(input) });
    const { response_url } = (await submitted.json()) as { response_url: string };
    await vi.waitFor(async () => expect((await fetch(response_url, { headers })).status).toBe(200));
  });

  it("what the core's fixtures call a photo is one for sharp", async () => {
    const photo = photoBytes({ width: 1_000, height: 700 });
    expect(await sharp(photo).metadata()).toMatchObject({ format: "jpeg", width: 1_000, height: 700 });
    const { channels } = await sharp(photo, { failOn: "warning" }).stats();
    expect(channels).toMatchObject([{ min: 128, max: 128 }]);
    const judged = await sharpInspector(sharp).inspect(photo);
    expect(judged.isErr() && judged.error).toMatchObject({ rejection: { code: "low-contrast" } });
  });
});
