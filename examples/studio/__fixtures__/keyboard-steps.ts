import type { Page } from "playwright-core";

/** More Tab stops than the page has at the end of a journey. */
const mostStops = 80;

/** Whatever is pressed without a mouse. */
export function keyboardSteps(page: Page) {
  /** What has the focus, by its text, its label or its picture. */
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => {
      const element = document.activeElement;
      const picture = element?.querySelector("img")?.alt;
      const label = element instanceof HTMLElement ? element.title : undefined;
      return element?.textContent?.trim() || label || picture || element?.tagName;
    });
  const tabTo = async (name: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> => {
    for (let count = 0; (await focused()) !== name; count++) {
      if (count > mostStops) throw new Error(`${key} does not lead to ${name}`);
      await page.keyboard.press(key);
    }
  };
  return {
    tabTo,
    /** Goes to the newest button of that name, and presses it. */
    press: async (name: string, key?: "Shift+Tab"): Promise<void> => {
      await page.getByRole("button", { name, exact: true }).last().waitFor({ timeout: 180_000 });
      await tabTo(name, key);
      await page.keyboard.press("Enter");
    },
  };
}
