import { memoryStore } from "@likeness/testing";
import { Api, type Transformer } from "grammy";
import { expect, it } from "vitest";
import { servedFake, token } from "../testing/__fixtures__/served-fake.ts";
import { classifyProblem } from "./attempt.ts";
import { chatApi } from "./chat-api.ts";

/** Two processes with a bot's Api and one store, and the chats of two people with a message of the bot's each. */
async function stage() {
  const { clock, fake, url } = await servedFake();
  const { store, setDown } = memoryStore({ clock });
  const process = () => {
    const host = new Api(token, { apiRoot: url });
    return { host, api: chatApi(host, { sessions: store.sessions, clock }) };
  };
  for (const id of [42, 43]) fake.control.person(id).says("/start");
  const one = process();
  const two = process();
  const messageId = (await one.api.sendMessage(42, "first")).message_id;
  const before = fake.control.calls.length;
  return {
    clock,
    fake,
    setDown,
    one,
    two,
    messageId,
    refuse: (method: string, retry_after: number) =>
      fake.control.fault({ method, answer: { error_code: 429, retry_after } }),
    /** What went over the wire since. */
    wire: () => fake.control.calls.slice(before).map(({ method }) => method),
  };
}

const outcome = (call: Promise<unknown>): Promise<unknown> => call.then(() => "taken", classifyProblem);

it("edits nothing in a chat until the time that an edit of another process was told", async () => {
  const { clock, one, two, messageId, refuse, wire } = await stage();
  refuse("editMessageText", 30);
  const edit = ({ api }: typeof one) => outcome(api.editMessageText(42, messageId, `at ${clock.now()}`));
  expect(await edit(one)).toStrictEqual({ type: "rate-limited", retryAfterSeconds: 30 });
  await clock.advance(12.5);
  expect(await edit(two)).toStrictEqual({ type: "rate-limited", retryAfterSeconds: 18 });
  expect(await outcome(two.api.editMessageReplyMarkup(42, messageId))).toMatchObject({ type: "rate-limited" });
  await clock.advance(17);
  expect(await edit(one)).toStrictEqual({ type: "rate-limited", retryAfterSeconds: 1 });
  expect(wire()).toStrictEqual(["editMessageText"]);
  await clock.advance(0.5);
  expect(await edit(two)).toBe("taken");
  expect(wire()).toStrictEqual(["editMessageText", "editMessageText"]);
});

it("sends and deletes while only edits have to wait, and leaves other chats alone", async () => {
  const { one, two, messageId, refuse } = await stage();
  refuse("editMessageText", 30);
  await outcome(one.api.editMessageText(42, messageId, "changed"));
  expect(await outcome(two.api.sendMessage(42, "second"))).toBe("taken");
  expect(await outcome(two.api.deleteMessage(42, messageId))).toBe("taken");
  const other = await two.api.sendMessage(43, "first");
  expect(await outcome(one.api.editMessageText(43, other.message_id, "changed"))).toBe("taken");
});

it("makes no call about the messages of a chat that takes none", async () => {
  const { clock, one, two, messageId, refuse, wire } = await stage();
  refuse("sendPhoto", 10);
  expect(await outcome(one.api.sendPhoto(42, "a-file"))).toMatchObject({ type: "rate-limited" });
  for (const call of [
    two.api.sendMessage(42, "second"),
    two.api.editMessageText(42, messageId, "changed"),
    two.api.deleteMessage(42, messageId),
  ])
    expect(await outcome(call)).toStrictEqual({ type: "rate-limited", retryAfterSeconds: 10 });
  expect(wire()).toStrictEqual(["sendPhoto"]);
  expect(await outcome(two.api.answerCallbackQuery("1"))).toMatchObject({ type: "refused" });
  await clock.advance(10);
  expect(await outcome(two.api.editMessageText(42, messageId, "changed"))).toBe("taken");
});

it("keeps the longer of two waits", async () => {
  const { clock, one, two, messageId, refuse, wire } = await stage();
  refuse("editMessageText", 60);
  await outcome(one.api.editMessageText(42, messageId, "changed"));
  refuse("sendMessage", 5);
  await outcome(one.api.sendMessage(42, "second"));
  await clock.advance(6);
  expect(await outcome(two.api.sendMessage(42, "second"))).toBe("taken");
  expect(await outcome(two.api.editMessageText(42, messageId, "changed"))).toStrictEqual({
    type: "rate-limited",
    retryAfterSeconds: 54,
  });
  expect(wire()).toStrictEqual(["editMessageText", "sendMessage", "sendMessage"]);
});

it("shows a host's transformers no call that is not made", async () => {
  const { one, two, messageId, refuse } = await stage();
  const seen: string[] = [];
  const note: Transformer = (call, method, payload, signal) => {
    seen.push(method);
    return call(method, payload, signal);
  };
  two.host.config.use(note);
  refuse("editMessageText", 30);
  await outcome(one.api.editMessageText(42, messageId, "changed"));
  await outcome(two.api.editMessageText(42, messageId, "changed"));
  expect(seen).toStrictEqual([]);
});

it("asks Telegram when the store does not tell", async () => {
  const { setDown, one, messageId, refuse } = await stage();
  setDown(true);
  refuse("editMessageText", 30);
  expect(await outcome(one.api.editMessageText(42, messageId, "changed"))).toMatchObject({ retryAfterSeconds: 30 });
  expect(await outcome(one.api.editMessageText(42, messageId, "changed"))).toBe("taken");
});
