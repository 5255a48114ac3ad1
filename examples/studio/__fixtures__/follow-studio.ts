import { expect } from "vitest";
import { reduce, type StudioEvent, type StudioState } from "../page/studio-state.ts";
import type { Activity, StudioEvents, TroubleName } from "../protocol.ts";

/** A client without a browser, with the state and the actions of the page. */
export interface FollowedStudio {
  state(): StudioState;
  /** Every activity, including those that a page has dropped. */
  activities(): readonly Activity[];
  /** How many messages have this in them. */
  said(words: string): number;
  reads(words: string, timeout?: number): Promise<void>;
  says(text: string): Promise<void>;
  /** The newest button with this text. */
  presses(label: string): Promise<void>;
  sendsSamples(): Promise<void>;
  /** False if it is not possible now. */
  makes(name: TroubleName, bot?: string): Promise<boolean>;
}

/** Follows a studio until it ends or the test closes this client. */
export async function followStudio(url: string): Promise<FollowedStudio> {
  let known: StudioState | undefined;
  const seen = new Map<number, Activity>();
  const take = (event: StudioEvent): void => {
    known = reduce(known, event);
    for (const activity of known?.activities ?? []) seen.set(activity.id, activity);
  };
  void readEvents(url, take).catch(() => undefined);
  await expect.poll(() => known !== undefined, { timeout: 180_000 }).toBe(true);

  const state = (): StudioState => {
    if (!known) throw new Error("the studio has told nothing yet");
    return known;
  };
  const post = async (path: string, body: unknown): Promise<boolean> => {
    const headers = { "content-type": "application/json" };
    return (await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).ok;
  };
  const said = (words: string): number => state().messages.filter(({ text }) => text.includes(words)).length;
  const buttonLike = (label: string) =>
    state()
      .messages.flatMap(({ id, buttons }) => buttons.flat().map((button) => ({ messageId: id, ...button })))
      .findLast(({ text }) => text === label);
  return {
    state,
    activities: () => [...seen.values()],
    said,
    reads: (words, timeout = 180_000) => expect.poll(() => said(words), { timeout, message: words }).toBeGreaterThan(0),
    says: async (text) => void (await post("/api/say", { text })),
    presses: async (label) => {
      await expect.poll(() => buttonLike(label)?.data, { timeout: 180_000, message: label }).toBeDefined();
      const { messageId, data } = buttonLike(label) ?? {};
      await post("/api/press", { messageId, data });
    },
    sendsSamples: async () => void (await post("/api/sample-album", {})),
    makes: (name, bot) => post("/api/trouble", { name, armed: true, bot }),
  };
}

async function readEvents(url: string, take: (event: StudioEvent) => void): Promise<void> {
  const { body } = await fetch(`${url}/api/events`);
  let unread = "";
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = `${unread}${chunk}`.split("\n\n");
    unread = events.pop() ?? "";
    for (const text of events) {
      const [, name, data] = /^event: (.*)\ndata: (.*)$/s.exec(text) ?? [];
      if (name !== undefined && data !== undefined) take({ name: name as keyof StudioEvents, data: JSON.parse(data) });
    }
  }
}
