import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { desktop, openPage } from "./open-browser.ts";

/**
 * Opens the page for one test, and checks at the end that there were no browser errors and no requests to other hosts.
 */
export async function openCleanly(
  browser: Browser,
  url: string,
  options: Parameters<typeof openPage>[2] = desktop,
): Promise<Page> {
  const { page, complaints, foreign } = await openPage(browser, url, options);
  onTestFinished(async () => {
    await page.context().close();
    expect({ complaints, foreign }).toStrictEqual({ complaints: [], foreign: [] });
  });
  await page.getByRole("log").waitFor();
  return page;
}
