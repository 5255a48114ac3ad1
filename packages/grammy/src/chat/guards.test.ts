import type { Guards } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage } from "./__fixtures__/bot-stage.ts";
import { english } from "./__fixtures__/words.ts";

const atConfirm = async (guards?: Guards): Promise<{ stage: BotStage; press: () => Promise<string | undefined> }> => {
  const stage = await botStage(guards && { guards });
  const ids = [await stage.draft("Ada"), await stage.draft("Grace"), await stage.draft("Mary")];
  await stage.says("/avatars");
  const press = async () => {
    await stage.forges(`v1:confirm:${ids.shift() ?? ""}`);
    return stage.presses(english("button.train"));
  };
  return { stage, press };
};

describe("what the deployment does not order", () => {
  it("is a third training at once, as a toast with the number", async () => {
    const { stage, press } = await atConfirm();
    expect([await press(), await press()]).toStrictEqual([undefined, undefined]);
    expect(await press()).toBe(
      "You can have 2 orders under way at a time. You can order again as soon as one of them is done.",
    );
    await stage.pass(2);
    expect(stage.provider.submissions).toHaveLength(2);
  });

  it("is what exceeds the cap of the day, and the toast says when it is possible again", async () => {
    const { stage, press } = await atConfirm({ dailySpendCap: 3 });
    expect(await press()).toBeUndefined();
    expect(await press()).toBe("I cannot take any more orders today. You can order again in 18 hours.");
    expect(stage.log.entries).toContainEqual({
      level: "warn",
      message: "a guard has refused an order",
      fields: expect.objectContaining({ error: "spend-cap-reached", ownerId: "telegram:42" }),
    });
  });

  it("is anything while paid work is off", async () => {
    const { stage, press } = await atConfirm();
    await valueOf(stage.likeness.operator.paidWork({ operator: "olga", turn: "off" }));
    expect(await press()).toBe(english("toast.paid-work-off"));
    await valueOf(stage.likeness.operator.paidWork({ operator: "olga", turn: "on" }));
    expect(await stage.presses(english("button.train"))).toBeUndefined();
  });
});

describe("a bot for other people", () => {
  const others = { allowedOwners: ["telegram:7"] };

  it("says so once to what comes at once, and stores nothing else", async () => {
    const stage = await botStage({ guards: others });
    stage.ada.says("/start");
    stage.ada.says("/avatars");
    stage.ada.says("hello?");
    await stage.handle();
    expect(stage.bot()).toStrictEqual([{ text: english("not-allowed") }]);
    expect(await stage.overviews()).toStrictEqual([]);
    const { step, locale } = await stage.conversation();
    expect([step, locale]).toStrictEqual([{ name: "idle" }, "en"]);
    await stage.pass(6);
    await stage.says("/start");
    expect(stage.bot()).toHaveLength(2);
  });

  it("orders nothing for somebody who has avatars from before", async () => {
    const allowed = ["telegram:42"];
    const stage = await botStage({ guards: { allowedOwners: allowed } });
    const id = await stage.draft("Ada");
    allowed.pop();
    await stage.says("/avatars");
    expect(newest(stage).text).toBe(english("avatars.list", { avatars: 1, page: 1, pages: 1 }));
    await stage.forges(`v1:confirm:${id}`);
    await stage.presses(english("button.train"));
    expect(newest(stage).text).toBe(english("not-allowed"));
    expect(stage.provider.submissions).toStrictEqual([]);
  });
});
