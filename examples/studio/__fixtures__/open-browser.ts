import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** The two widths and the two colour schemes that the page supports. */
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true } as const;
export const desktop = { viewport: { width: 1440, height: 900 } } as const;

const quietly = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser with a new profile, in a folder that is deleted when it closes. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: quietly });

/** A page that records every error of the browser, including violations of its content security policy. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: readonly string[]; foreign: readonly string[] }> {
  // Without a graphics card, what moves for as long as the bot writes takes a processor.
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const [complaints, foreign]: [string[], string[]] = [[], []];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => void complaints.push(message));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && protocol !== "blob:" && protocol !== "data:") foreign.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, foreign };
}
