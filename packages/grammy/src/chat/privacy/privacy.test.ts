import { defaultConsent, type ConsentAsk } from "@likeness/core";
import { photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";

const actor = "telegram:42";
const about = {
  privacyUrl: "https://bot.example/privacy",
  termsUrl: "https://bot.example/terms",
  support: "@likeness_help",
  service: "fal.ai",
};
/** With what the policy adds. */
const told = { ...about, photoDays: 30, ownerDays: 1_095 };
const statements = defaultConsent.statements.map(({ text }) => text.en);

async function consented(consent: ConsentAsk = defaultConsent): Promise<BotStage> {
  const stage = await botStage({ consent, about });
  const asked = await valueOf(stage.likeness.owners.consent({ actor, locale: "en" }));
  if (asked.type === "missing") await valueOf(stage.likeness.owners.giveConsent({ actor, ...asked.wording }));
  return stage;
}

const ownData = [[english("button.export")], [english("button.erase")]];

const given = (stage: BotStage) => ({ type: "given", at: stage.clock.now(), statements }) as const;

describe("/privacy", () => {
  it("says what is stored, who receives it, and that nothing was asked yet", async () => {
    const stage = await botStage({ consent: defaultConsent, about });
    await stage.says("/privacy");
    expect(newest(stage)).toStrictEqual({
      text: english("privacy", { about: told, consent: { type: "missing", withdrawn: false } }),
      buttons: ownData,
    });
    expect(newest(stage).text).toContain("fal.ai");
    const links = stage.fake.control.calls.at(-1)?.payload["entities"];
    expect(JSON.stringify(links)).toContain(about.privacyUrl);
  });

  it("shows the consent with its date, and what can be done about it", async () => {
    const stage = await consented();
    await stage.says("/privacy");
    expect(newest(stage)).toStrictEqual({
      text: english("privacy", { about: told, consent: given(stage) }),
      buttons: [[english("button.withdraw")], ...ownData],
    });
  });

  it("says nothing of consent where the host asks elsewhere", async () => {
    const stage = await botStage({ about });
    await stage.says("/privacy");
    expect(newest(stage)).toStrictEqual({
      text: english("privacy", { about: told, consent: { type: "elsewhere" } }),
      buttons: ownData,
    });
  });

  it("leads to the withdrawal and back", async () => {
    const stage = await consented();
    await stage.says("/privacy");
    await stage.presses(english("button.withdraw"));
    expect(newest(stage).text).toBe(english("withdraw.ask", { erasable: true }));
    await stage.presses(english("button.keep-consent"));
    expect(newest(stage).text).toBe(english("privacy", { about: told, consent: given(stage) }));
    expect(stage.bot()).toHaveLength(1);
  });

  it("withdraws during a training: it is stopped, and no photo is taken until the person agrees again", async () => {
    const stage = await consented();
    const avatarId = await stage.draft();
    await stage.says("/start");
    await stage.forges(`v1:confirm:${avatarId}`);
    await stage.presses(english("button.train"));
    await stage.pass(1);
    await stage.says("/privacy");
    await stage.presses(english("button.withdraw"));
    await stage.presses(english("button.withdraw-keep"));
    expect(newest(stage).text).toBe(english("withdraw.done", { cancelled: 1, left: 0 }));
    const [training] = await valueOf(stage.storage.store.orders.listByAvatar(avatarId));
    expect(training?.state.status).toBe("cancelled");
    expect((await stage.overviews())[0]?.avatar.state.status).toBe("draft");
    await stage.presses(english("button.privacy"));
    expect(newest(stage).text).toBe(english("privacy", { about: told, consent: { type: "missing", withdrawn: true } }));

    await stage.forges(`v1:photos:${avatarId}`);
    stage.ada.sendsPhoto({ bytes: photoBytes() });
    await stage.handle();
    await stage.pass(5);
    expect((await stage.overviews())[0]?.photos).toHaveLength(3);
    expect(newest(stage).text).toBe(
      english("consent.ask", { about: told, statements, because: "withdrawn", refused: true }),
    );
  });

  it("withdraws a consent to an earlier text as easily, and says that it was given", async () => {
    const ask = { ...defaultConsent };
    const stage = await consented(ask);
    const avatarId = await stage.draft();
    const { id: trainingId } = await valueOf(stage.likeness.trainings.start({ actor, avatarId }));
    ask.version = "2";
    await stage.says("/privacy");
    expect(newest(stage)).toStrictEqual({
      text: english("privacy", { about: told, consent: { type: "outdated", at: stage.clock.now() } }),
      buttons: [[english("button.withdraw")], ...ownData],
    });
    expect(newest(stage).text).not.toContain("not been asked");
    await stage.presses(english("button.withdraw"));
    await stage.presses(english("button.withdraw-keep"));
    expect(newest(stage).text).toBe(english("withdraw.done", { cancelled: 1, left: 0 }));
    expect((await valueOf(stage.storage.store.orders.find(trainingId)))?.state.status).toBe("cancelled");
    await stage.presses(english("button.privacy"));
    expect(newest(stage)).toStrictEqual({
      text: english("privacy", { about: told, consent: { type: "missing", withdrawn: true } }),
      buttons: ownData,
    });
  });

  it("withdraws once, however often it is pressed, and not what was given later", async () => {
    const stage = await consented();
    await stage.says("/privacy");
    await stage.presses(english("button.withdraw"));
    const data = stage.ada.chat().at(-1)?.buttons.flat()[0]?.data ?? "";
    for (let times = 0; times < 5; times++) stage.ada.forges(data);
    await stage.handle();
    const asked = await valueOf(stage.likeness.owners.consent({ actor, locale: "en" }));
    if (asked.type !== "missing") throw new Error("it was not withdrawn");
    await valueOf(stage.likeness.owners.giveConsent({ actor, ...asked.wording }));
    expect(await stage.forges(data)).toBe(english("toast.old-button"));
    expect(await valueOf(stage.likeness.owners.consent({ actor, locale: "en" }))).toMatchObject({ type: "given" });
  });
});

describe("/terms and /help", () => {
  it("link to the host's terms and say where to ask", async () => {
    const stage = await botStage({ about });
    await stage.says("/terms");
    expect(newest(stage).text).toBe(english("terms", { about }));
    await stage.says("/help");
    expect(newest(stage).text).toContain("Questions? @likeness_help");
    expect(newest(stage).text).toContain("/terms – Terms of use");
  });

  it("are the host's own, or unknown, where it has nothing to say or says it itself", async () => {
    const stage = await botStage({ hostCommands: ["privacy"] });
    for (const command of ["/terms", "/privacy"]) {
      await stage.says(command);
      expect(newest(stage).text).toBe(english("hint", { waiting: "nothing", received: "command" }));
    }
  });

  it("list the commands of other parts of the bot", async () => {
    const buy = { command: "buy", describe: (locale: string) => (locale === "ru" ? "Купить" : "Buy credits") };
    const stage = await botStage({ moreCommands: [buy] });
    await stage.says("/help");
    expect(newest(stage).text).toContain("/buy – Buy credits");
    await stage.avatars.commands();
    expect(stage.ada.commands().at(-1)).toStrictEqual({ command: "buy", description: "Buy credits" });
  });
});
