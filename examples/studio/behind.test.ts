import { beforeEach, expect, it } from "vitest";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { openCleanly } from "./__fixtures__/open-cleanly.ts";
import { servedPage, type ServedPage } from "./__fixtures__/served-page.ts";

describeInBrowser("the panel behind the chat", (browser) => {
  let studio: ServedPage;
  beforeEach(async () => {
    studio = await servedPage();
  });

  it("has room for the kinds in one line of a desktop", async () => {
    const page = await openCleanly(browser(), studio.url);
    const tops = await page
      .locator(".filter")
      .evaluateAll((filters) => filters.map((filter) => filter.getBoundingClientRect().top));
    expect([tops.length, new Set(tops).size]).toStrictEqual([7, 1]);
  });

  it("shows what happens behind the chat, by kind, with details that can be opened", async () => {
    studio.behind.add({ kind: "fal", line: "POST /trainer: 200", trouble: false, details: '{ "steps": 1000 }' });
    studio.behind.add({ kind: "job", line: "inspect-photo: done", trouble: false });
    studio.behind.add({ kind: "webhook", line: "POST /hook: 503", trouble: true, details: "no details but these" });
    const page = await openCleanly(browser(), studio.url);
    const panel = page.getByRole("complementary", { name: "Behind the chat" });
    const lines = () => panel.getByRole("listitem").locator(".line").allTextContents();
    expect(await lines()).toStrictEqual(["POST /trainer: 200", "inspect-photo: done", "Trouble: POST /hook: 503"]);
    await panel.getByText("POST /trainer: 200").click();
    await panel.getByText('{ "steps": 1000 }').waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await panel.getByText("no details but these").waitFor();
    await panel.getByRole("button", { name: "Job" }).click();
    expect(await lines()).toStrictEqual(["POST /trainer: 200", "Trouble: POST /hook: 503"]);
    studio.behind.add({ kind: "state", line: "training -> submitted", trouble: false });
    await panel.getByText("training -> submitted").waitFor();
  });

  it("keeps trouble folded, arms it by keyboard, shows so, and takes it back", async () => {
    const page = await openCleanly(browser(), studio.url);
    const panel = page.getByRole("complementary");
    const lose = panel.getByRole("button", { name: "Lose the webhook" });
    const kill = panel.getByRole("button", { name: "Kill the bot" });
    expect(await lose.isVisible()).toBe(false);
    await panel.getByText("Make trouble").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await lose.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await lose.getAttribute("aria-pressed")).toBe("false");
    await page.keyboard.press("Enter");
    await panel
      .getByRole("status")
      .getByText("Waits for the next training or picture to end. Press again to take it back.")
      .waitFor();
    await panel.getByText("Armed: Lose the webhook").waitFor();
    expect(await lose.getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("Enter");
    await panel.getByText("and see how the bot copes").waitFor();
    expect(await lose.getAttribute("aria-pressed")).toBe("false");

    expect(await kill.getAttribute("aria-pressed")).toBe(null);
    studio.troubles.become("bot-killed", "busy");
    await expect.poll(() => kill.getAttribute("aria-disabled")).toBe("true");
    studio.behind.add({ kind: "trouble", line: "Healed: it runs again.", trouble: false });
    await panel.getByRole("status").getByText("Healed: it runs again.").waitFor();
  });
});
