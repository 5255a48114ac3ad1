import { memoryStore, testClock, valueOf } from "@likeness/testing";
import { err } from "neverthrow";
import { expect, it } from "vitest";
import { freshConversation, type Conversation } from "./conversation.ts";
import { changeConversation, findConversation } from "./conversations.ts";

const stored = () => {
  const { store, setDown } = memoryStore({ clock: testClock() });
  return { sessions: store.sessions, setDown };
};

const everything: Conversation = {
  locale: "ru",
  localeChosen: true,
  step: { name: "name", kind: "style", gender: "unspecified", avatarId: "0192f0c1-2345-7890-abcd-ef0123456789" },
  promptId: 7,
  answeredId: 6,
  burst: {
    avatarId: "0192f0c1-2345-7890-abcd-ef0123456789",
    firstNumber: 1,
    photos: 3,
    lastArrivalAt: "2026-11-23T06:00:00.000Z",
    messageId: 8,
    shown: "digest",
    shownAt: "2026-11-23T06:00:01.000Z",
    settled: false,
  },
  undoing: { queryId: "4242", photoId: "0192f0c1-2345-7890-abcd-ef0123456780", number: 3 },
  following: ["0192f0c1-2345-7890-abcd-ef0123456781"],
  hinted: { about: "photos", at: "2026-11-23T06:00:02.000Z" },
};

it("begins fresh, and gives back what was kept", async () => {
  const { sessions } = stored();
  expect(await valueOf(findConversation(sessions, { chatId: 42 }))).toStrictEqual(freshConversation);
  const changed = await valueOf(changeConversation(sessions, { chatId: 42 }, () => everything));
  expect(changed).toStrictEqual({ before: freshConversation, after: everything });
  expect(await valueOf(findConversation(sessions, { chatId: 42 }))).toStrictEqual(everything);
  expect(await valueOf(findConversation(sessions, { chatId: 7 }))).toStrictEqual(freshConversation);
});

it("loses no change of many at once", async () => {
  const { sessions } = stored();
  const count = ({ promptId = 0, ...rest }: Conversation): Conversation => ({ ...rest, promptId: promptId + 1 });
  await Promise.all(Array.from({ length: 30 }, () => valueOf(changeConversation(sessions, { chatId: 42 }, count))));
  expect(await valueOf(findConversation(sessions, { chatId: 42 }))).toMatchObject({ promptId: 30 });
});

it("writes nothing when nothing changes", async () => {
  const { sessions } = stored();
  await valueOf(changeConversation(sessions, { chatId: 42 }, () => everything));
  const before = await valueOf(sessions.find("telegram:chat:42"));
  await valueOf(changeConversation(sessions, { chatId: 42 }, (conversation) => conversation));
  expect(await valueOf(sessions.find("telegram:chat:42"))).toStrictEqual(before);
});

it.each([
  { shape: 0, conversation: everything },
  { shape: 1, conversation: { ...freshConversation, step: { name: "juggling" } } },
  "nonsense",
])("begins fresh when another version of the bot wrote it: %j", async (value) => {
  const { sessions } = stored();
  await valueOf(sessions.save({ key: "telegram:chat:42", value: JSON.parse(JSON.stringify(value)), version: 0 }));
  expect(await valueOf(findConversation(sessions, { chatId: 42 }))).toStrictEqual(freshConversation);
  await valueOf(changeConversation(sessions, { chatId: 42 }, () => everything));
  expect(await valueOf(findConversation(sessions, { chatId: 42 }))).toStrictEqual(everything);
});

it("says so when the store does not answer", async () => {
  const { sessions, setDown } = stored();
  setDown(true);
  expect(await changeConversation(sessions, { chatId: 42 }, () => everything)).toStrictEqual(
    err({ type: "storage-failure", cause: expect.anything() }),
  );
});
