import { defaultConsent } from "@likeness/core";
import { aModel, photoBytes, recordingEvents, valueOf } from "@likeness/testing";
import { expect, it, onTestFinished } from "vitest";
import { locales, type Locale } from "../texts/catalog.ts";
import type { TextKey, TextParameters } from "../texts/texts.ts";
import { botStage, newest } from "./__fixtures__/bot-stage.ts";
import { words } from "./__fixtures__/words.ts";
import { drawing } from "./pictures/__fixtures__/drawable.ts";

const ownerId = "telegram:42";
const bought = { credits: { amount: 10, unit: "credits" }, stars: 50 };
const balance = { balance: 10, held: 0, owed: 0, unit: "credits" };

const sayer =
  (locale: Locale) =>
  <Key extends TextKey>(key: Key, ...given: TextParameters<Key>): string =>
    words(locale, key, ...given);

it.each(locales)("leads from consent over a paid picture, a refund and an export to an erasure: %s", async (locale) => {
  const say = sayer(locale);
  const sells = { training: 8, image: 2 };
  const events = recordingEvents();
  onTestFinished(events.stop);
  const stage = await botStage({ notifies: true, languageCode: locale, consent: defaultConsent, sells });
  const { ada, fake, log, purchases, likeness } = stage;

  // The wizard, and the consent before the first photo.
  await stage.says("/start");
  for (const key of ["button.portrait", "button.female"] as const) await stage.presses(say(key));
  await stage.says("Ada");
  expect(await stage.presses(say("button.agree"))).toBe(say("toast.tick-all", { left: 2 }));
  for (const { label } of defaultConsent.statements) await stage.presses(`☐ ${label?.[locale]}`);
  await stage.presses(say("button.agree"));
  const price = { amount: 8, unit: "credits" };
  const limits = { minimum: 3, maximum: 5 };
  expect(newest(stage).text).toBe(
    say("photos.prompt", { name: "Ada", kind: "portrait", accepted: 0, ...limits, price }),
  );

  // Photos, and a training that cannot be paid yet.
  ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }, { bytes: photoBytes() }]);
  await stage.handle();
  await stage.pass(10);
  await stage.presses(say("button.continue"));
  await stage.presses(say("button.train"));
  expect(newest(stage).text).toBe(say("credits.refused", { price, have: 0, shop: true }));

  // Ten credits for 50 Stars.
  await stage.says("/buy");
  await stage.presses(say("button.package", bought));
  expect(ada.chat().at(-1)?.invoice).toMatchObject({ title: say("invoice.title", bought), stars: 50 });
  const { outcome } = ada.pays();
  await stage.handle();
  expect(await outcome).toMatchObject({ type: "paid" });
  await stage.handle();
  await stage.pass(2);
  expect(stage.bot().at(-2)?.text).toBe(say("payment.booked", { ...bought, again: false, balance }));

  // The card below that message goes on with the training; then a picture.
  await stage.presses(say("button.train"));
  await stage.pass(2);
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(90);
  expect(newest(stage).text).toBe(say("ready", { name: "Ada", model: "stored" }));
  await stage.presses(say("button.make-pictures"));
  await stage.presses(newest(stage).buttons?.[0]?.[0] ?? "");
  await stage.presses(say("button.draw"));
  const { accepted, make } = drawing(stage);
  const [order] = await accepted();
  if (order) make(order);
  await stage.pass(8);
  expect(ada.chat().at(-1)?.caption).toBe(say("picture.caption", { blocked: 0, failed: 0 }));
  await stage.says("/balance");
  expect(newest(stage).text).toBe(say("balance", { ...balance, balance: 0, sells: true }));

  // The money back, though it is spent.
  await stage.says("/paysupport");
  await stage.presses(say("button.ask-refund"));
  const chargeId = (await valueOf(purchases.listPayments({ ownerId }, 2)))[0]?.chargeId ?? "";
  expect(newest(stage).text).toBe(say("refund.asked", { stars: 50, chargeId }));
  await valueOf(purchases.orderRefund({ chargeId, at: stage.clock.now() }));
  await stage.pass(2);
  await stage.handle();
  expect(newest(stage).text).toBe(say("payment.refunded", { ...bought, owed: 10 }));

  // Everything that is stored, and then nothing.
  await stage.says("/privacy");
  expect(await stage.presses(say("button.export"))).toBe(say("toast.export"));
  await stage.pass(5);
  const file = ada.chat().at(-1);
  expect([file?.document?.name, file?.caption]).toStrictEqual([
    "likeness.zip",
    say("export.caption", { part: 1, of: 1 }),
  ]);
  await stage.says("/privacy");
  await stage.presses(say("button.erase"));
  expect(newest(stage).text).toBe(say("erase.ask", { credits: true, atService: "all" }));
  await stage.presses(say("button.erase-yes"));
  const [receiptId = ""] = /[\da-f]{8}-[-\da-f]{27}/.exec(newest(stage).text) ?? [];
  expect(newest(stage).text).toBe(say("erased", { photos: 3, pictures: 1, receiptId, atService: "all" }));
  await stage.pass(60);
  expect((await valueOf(likeness.owners.receipt({ receiptId }))).status).toBe("done");
  expect(stage.blobs.blobs.size).toBe(0);
  expect(await valueOf(purchases.listPayments({ ownerId }, 2))).toStrictEqual([]);

  // Whatever was published or logged meanwhile held nothing of what was said, sent or shown, and no key.
  const files = ada.chat().flatMap(({ photo, document }) => photo?.fileId ?? document?.fileId ?? []);
  const invoices = fake.control.calls
    .filter(({ method }) => method === "sendInvoice")
    .map(({ payload }) => String((payload as { readonly payload?: unknown }).payload));
  expect(files.length).toBeGreaterThan(4);
  expect(invoices).toHaveLength(1);
  const secrets = ["Ada", "fake-token", "://", "files.example", "likeness.zip", ...files, ...invoices];
  const lines = [...events.lines(), ...log.entries.map((line) => JSON.stringify(line))];
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toStrictEqual([]);
});
