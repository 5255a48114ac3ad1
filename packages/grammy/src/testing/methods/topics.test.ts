import { describe, expect, it } from "vitest";
import { refusalOf, startedFake } from "../__fixtures__/served-fake.ts";

const bad = (why: string) => ({ error_code: 400, description: `Bad Request: ${why}` });

describe("a topic of a private chat", () => {
  it("stands in what a person sends there, in albums and presses as well, and in nothing that they send elsewhere", async () => {
    const { ada, fake, api } = await startedFake();
    const { topicId } = ada.createsTopic("Poems");
    await api.sendMessage(42, "Shall we?", {
      message_thread_id: topicId,
      reply_markup: { inline_keyboard: [[{ text: "Yes", callback_data: "yes" }]] },
    });
    ada.sendsAlbum([{ bytes: new Uint8Array([1]) }, { bytes: new Uint8Array([2]) }]);
    ada.presses({ text: "Yes" });
    ada.opensTopic();
    ada.says("elsewhere");
    const threads = fake.control.updates.slice(1).map(({ message, callback_query: query }) => {
      const { message_thread_id, is_topic_message } = (message ?? query?.message ?? {}) as Record<string, unknown>;
      return [message_thread_id, is_topic_message];
    });
    expect(threads).toStrictEqual([...Array.from({ length: 4 }, () => [topicId, true]), [undefined, undefined]]);
    expect(ada.chat().map((message) => message.topicId)).toStrictEqual([
      undefined,
      ...Array<unknown>(4).fill(topicId),
      undefined,
    ]);
    expect(fake.control.updates[1]?.message?.forum_topic_created).toMatchObject({ name: "Poems" });
  });

  it("takes messages of the bot while it is there", async () => {
    const { ada, api } = await startedFake();
    const topic = await api.createForumTopic(42, "Pictures");
    const thread = { message_thread_id: topic.message_thread_id };
    expect(await api.sendMessage(42, "Here", thread)).toMatchObject({ ...thread, is_topic_message: true });
    expect((await api.sendMessage(42, "There")).message_thread_id).toBeUndefined();
    expect(await refusalOf(api.sendMessage(42, "Where?", { message_thread_id: 999 }))).toStrictEqual(
      bad("message thread not found"),
    );
    ada.deletesTopic(topic.message_thread_id);
    expect(await refusalOf(api.sendMessage(42, "Here", thread))).toStrictEqual(bad("message thread not found"));
    expect(ada.chat().map(({ text }) => text)).toStrictEqual(["/start", "There"]);
  });

  it("takes no reply to a message elsewhere, whatever is allowed", async () => {
    const { ada, api } = await startedFake();
    const { messageId } = ada.says("elsewhere");
    const { topicId } = ada.createsTopic("Poems");
    const reply_parameters = { message_id: messageId, allow_sending_without_reply: true };
    expect(await refusalOf(api.sendMessage(42, "No", { message_thread_id: topicId, reply_parameters }))).toStrictEqual(
      bad("message to be replied not found"),
    );
  });
});

describe("commands of one chat", () => {
  it("are for a chat that there is, before those of all private chats, until they are deleted or emptied", async () => {
    const { ada, api } = await startedFake();
    const list = (command: string) => [{ command, description: command }];
    const scope = { type: "chat", chat_id: 42 } as const;
    await api.setMyCommands(list("all"), { scope: { type: "all_private_chats" } });
    await api.setMyCommands(list("one"), { scope });
    expect(ada.commands()).toStrictEqual(list("one"));
    await api.setMyCommands([], { scope });
    expect(ada.commands()).toStrictEqual(list("all"));
    expect(await refusalOf(api.setMyCommands(list("one"), { scope: { type: "chat", chat_id: 7 } }))).toStrictEqual(
      bad("chat not found"),
    );
  });
});
