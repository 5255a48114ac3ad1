import { expect, it } from "vitest";
import type { ChatMessage, StudioEvents } from "../protocol.ts";
import { reduce, type StudioState } from "./studio-state.ts";

const message = (id: number, text: string): ChatMessage => ({
  id,
  from: "bot",
  at: 0,
  edited: false,
  text,
  entities: [],
  buttons: [],
});
const all: StudioEvents["all"] = {
  room: { botName: "Likeness", commands: [], language: "en", blocked: false },
  messages: [message(1, "one"), message(2, "two")],
  activities: [],
  bots: [{ state: "running", line: "" }],
  troubles: [{ name: "webhook-lost", state: "off" }],
};
const known: StudioState = { ...all, connected: true };

it("knows nothing until it was told everything", () => {
  expect(reduce(undefined, { name: "bots", data: all.bots })).toBeUndefined();
  expect(reduce(undefined, { name: "all", data: all })).toStrictEqual(known);
});

it("puts new messages at their place, edits into place, and takes deleted ones out", () => {
  const data = { changed: [message(3, "three"), message(1, "one, edited")], gone: [2] };
  expect(reduce(known, { name: "messages", data })).toStrictEqual({
    ...known,
    messages: [message(1, "one, edited"), message(3, "three")],
  });
});

it("keeps what it knows when the connection is lost, and says so", () => {
  expect(reduce(known, { name: "lost" })).toStrictEqual({ ...known, connected: false });
});

it("knows which troubles are armed", () => {
  const troubles = [{ name: "webhook-lost", state: "armed" }] as const;
  expect(reduce(known, { name: "troubles", data: troubles })).toStrictEqual({ ...known, troubles });
});

it("keeps the last 500 activities", () => {
  const activity = (id: number) => ({ id, at: 0, kind: "job", line: "", trouble: false }) as const;
  const many = Array.from({ length: 499 }, (_, index) => activity(index));
  const state = reduce({ ...known, activities: many }, { name: "activities", data: [activity(499), activity(500)] });
  expect(state?.activities.map(({ id }) => id)).toStrictEqual(Array.from({ length: 500 }, (_, index) => index + 1));
});
