import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { describeInBrowser } from "./__fixtures__/describe-in-browser.ts";
import { keyboardSteps } from "./__fixtures__/keyboard-steps.ts";
import { lowContrast } from "./__fixtures__/low-contrast.ts";
import { desktop, phone } from "./__fixtures__/open-browser.ts";
import { operated, type Operated } from "./__fixtures__/operated.ts";
import { servedPage } from "./__fixtures__/served-page.ts";

const looks = [
  ["a phone by light", { ...phone, colorScheme: "light" }],
  ["a phone by dark", { ...phone, colorScheme: "dark" }],
  ["a desk by light", { ...desktop, colorScheme: "light" }],
  ["a desk by dark", { ...desktop, colorScheme: "dark" }],
] as const;

describeInBrowser("the operator's page", (browser) => {
  let bot: Operated;
  beforeEach(async () => {
    bot = await operated();
    onTestFinished(() => bot.close());
  });

  /** A browser that notes errors, and requests that leave the machine. */
  async function open(options: Parameters<ReturnType<typeof browser>["newContext"]>[0] = desktop) {
    const context = await browser().newContext({ locale: "en-GB", ...options });
    context.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    context.on("request", (request) => {
      const { hostname } = new URL(request.url());
      if (hostname !== "127.0.0.1") complaints.push(request.url());
    });
    onTestFinished(() => context.close());
    return { context, complaints };
  }

  async function signedIn(options?: Parameters<typeof open>[0]) {
    const opened = await open(options);
    const page = await opened.context.newPage();
    const form = { name: "studio", token: bot.token };
    const headers = { origin: new URL(address("")).origin };
    await opened.context.request.post(address("sign-in"), { form, headers, maxRedirects: 0 });
    await page.goto(address(""));
    return { ...opened, page };
  }

  const address = (path: string): string => `http://127.0.0.1:${bot.port}/operator/${path}`;
  const actsDone = async () => (await bot.done()).map(({ operator, action, outcome }) => [operator, action, outcome]);

  it("is one press away from the studio, and asks for the token after signing out", async () => {
    const { context } = await open();
    const studio = await servedPage([], bot);
    const page = await context.newPage();
    await page.goto(studio.url);
    const opening = context.waitForEvent("page");
    await page.getByRole("link", { name: "Operator’s page" }).click();
    const opened = await opening;
    await opened.getByRole("heading", { name: "Something needs you" }).waitFor();
    expect(opened.url()).toBe(address(""));
    await opened.getByRole("button", { name: "Sign out" }).click();
    await opened.getByRole("heading", { name: "Sign in" }).waitFor();
    await opened.goto(address(`orders/${bot.late}`));
    await opened.getByLabel("Your name").fill(`<b>olga</b>`);
    await opened.getByLabel("Token of the operators").fill("not the token");
    await opened.getByRole("button", { name: "Sign in" }).click();
    expect(await opened.getByRole("alert").textContent()).toContain("That is not the token.");
    await opened.getByLabel("Your name").fill(`<b>olga</b>`);
    await opened.getByLabel("Token of the operators").fill(bot.token);
    await opened.getByRole("button", { name: "Sign in" }).click();
    await opened.getByRole("heading", { name: "Order: training, failed" }).waitFor();
    expect(opened.url()).toBe(address(`orders/${bot.late}`));
    expect(await opened.getByRole("banner").textContent()).toContain("<b>olga</b>");
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: "Strict" }]);
  });

  it.each(looks)("can be read on %s, whatever people have written", async (_, options) => {
    const { page, complaints } = await signedIn(options);
    const paths = ["", "needs/deliveries", "needs/late", "needs/jobs", `orders/${bot.late}`, "statistics", "actions"];
    const asks = [`do/cancel?type=order&id=${bot.late}`, "do/erase-owner"];
    for (const path of [...paths, ...asks]) {
      await page.goto(address(path));
      expect([path, await lowContrast(page)]).toStrictEqual([path, []]);
      const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect([path, width]).toStrictEqual([path, room]);
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
      for (const landmark of ["banner", "navigation", "main"] as const)
        expect(await page.getByRole(landmark).first().isVisible()).toBe(true);
      const unnamed = await unnamedIn(page);
      expect([path, unnamed]).toStrictEqual([path, []]);
    }
    await page.goto(address("needs/deliveries"));
    // Also where rows are shown as cards.
    expect(
      await page.getByRole("table", { name: "Deliveries that came to nothing" }).getByRole("row").count(),
    ).toBeGreaterThan(20);
    await page.getByRole("link", { name: "Older ones" }).click();
    expect(await page.getByRole("cell", { name: "foreign" }).count()).toBe(5);
    expect(await page.getByText("<script>alert(2)</script>").first().isVisible()).toBe(true);
    await page.getByText("Lists", { exact: true }).click();
    const menu = page.getByRole("link", { name: "Messages that were given up" });
    const box = await menu.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= options.viewport.width).toBe(true);
    await menu.click();
    await page.getByRole("heading", { name: "Messages that were given up" }).waitFor();
    expect(complaints).toStrictEqual([]);
  });

  it("does everything by keyboard: asks first, does it once, and tells it once", async () => {
    const { page, complaints } = await signedIn();
    const { tabTo } = keyboardSteps(page);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await tabTo(page.getByRole("link", { name: "Adopt" }));
    expect(await outlineOf(page)).not.toBe("0px");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Adopt?" }).waitFor();
    expect(await actsDone()).toStrictEqual([]);
    await tabTo(page.getByRole("button", { name: "Adopt" }));
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("The avatar is ready with this result").waitFor();
    expect(page.url()).toBe(address(`orders/${bot.late}`));
    await page.reload();
    expect(await page.getByRole("status").count()).toBe(0);
    expect(await actsDone()).toStrictEqual([["studio", "adopt", "adopted"]]);
    expect(complaints).toStrictEqual([]);
  });

  it("opens a photo as a picture, with an entry that says who looked", async () => {
    const { page } = await signedIn(phone);
    await page.goto(address(`orders/${bot.late}`));
    const answering = page.waitForResponse((response) => response.url().endsWith("/files/photo"));
    await page.getByRole("button", { name: "Photo 1" }).click();
    const answered = await answering;
    expect([answered.status(), answered.headers()["content-type"]]).toStrictEqual([200, "image/jpeg"]);
    expect(await actsDone()).toStrictEqual([["studio", "open-photo", "opened"]]);
    await page.waitForURL(address("files/photo"));
    await page.goBack();
    await page.getByRole("button", { name: "Photo 1" }).waitFor();
  });

  it("does nothing for a page of another port, whose forms have the cookie too", async () => {
    const { context } = await signedIn();
    const form = `<form method="post" action="${address("do/adopt")}"><input name="type" value="order"><input name="id" value="${bot.late}"><button>win</button></form>`;
    const elsewhere = createServer((_, response) => response.setHeader("content-type", "text/html").end(form));
    onTestFinished(() => void elsewhere.close());
    await once(elsewhere.listen(0, "127.0.0.1"), "listening");
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    const answering = page.waitForResponse(address("do/adopt"));
    await page.getByRole("button", { name: "win" }).click();
    const answered = await answering;
    expect(await answered.request().headerValue("cookie")).toContain("likeness-operator-session=");
    expect(answered.status()).toBe(403);
    expect(await page.getByRole("main").textContent()).toContain("nothing was done");
    expect(await actsDone()).toStrictEqual([]);
  });
});

const outlineOf = (page: Page): Promise<string | undefined> =>
  page
    .evaluate(() => document.activeElement && getComputedStyle(document.activeElement).outlineWidth)
    .then((width) => width ?? undefined);

/** Fields without a label, tables, sections and landmarks without a name, and links and buttons without a text. */
const unnamedIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const isNamed = (element: Element): boolean => {
      if (element instanceof HTMLInputElement) return (element.labels?.length ?? 0) > 0;
      const ids = element.getAttribute("aria-labelledby");
      const label =
        element.getAttribute("aria-label") ?? (ids === null ? "" : document.getElementById(ids)?.textContent);
      return Boolean(label) || (element.matches("a, button") && Boolean(element.textContent?.trim()));
    };
    const named = document.querySelectorAll("input:not([type=hidden]), table, section, nav, a, button");
    return [...named].filter((element) => !isNamed(element)).map(({ outerHTML }) => outerHTML.slice(0, 100));
  });
