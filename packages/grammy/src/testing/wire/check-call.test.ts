import { describe, expect, it } from "vitest";
import { methods } from "../methods/methods.ts";
import { problemWithCall } from "./check-call.ts";
import { methodFields } from "./published-api.ts";

const call = (method: string, fields: Readonly<Record<string, unknown>>, uploads: readonly string[] = []) =>
  problemWithCall(method, {
    fields,
    uploads: new Map(uploads.map((name) => [name, { name, bytes: new Uint8Array() }])),
  });

const text = { chat_id: 42, text: "hello" };
const keyboard = (button: object) => ({ ...text, reply_markup: { inline_keyboard: [[button]] } });

describe("a call, by the published Bot API,", () => {
  it("is checked for every method that the fake has", () => {
    expect(Object.keys(methods).filter((method) => !Object.hasOwn(methodFields, method))).toStrictEqual([]);
  });

  it.each<[string, string, Readonly<Record<string, unknown>>, string[]]>([
    ["a text", "sendMessage", text, []],
    ["a form, whose fields are text", "sendMessage", { ...text, chat_id: "42", disable_notification: "true" }, []],
    ["a keyboard", "sendMessage", keyboard({ text: "Yes", callback_data: "yes" }), []],
    ["a keyboard in a form", "sendMessage", { ...text, reply_markup: '{"inline_keyboard":[]}' }, []],
    ["an upload by its own name", "sendPhoto", { chat_id: 42 }, ["photo"]],
    ["an upload by another name", "sendPhoto", { chat_id: 42, photo: "attach://a" }, ["a"]],
    ["an album", "sendMediaGroup", { chat_id: 42, media: [{ type: "photo", media: "file-1", caption: "two" }] }, []],
  ])("may be %s", (_name, method, fields, uploads) => {
    expect(call(method, fields, uploads)).toBeUndefined();
  });

  it.each<[string, string, Readonly<Record<string, unknown>>]>([
    ["txt is not in the published Bot API", "sendMessage", { ...text, txt: "hello" }],
    ["text is missing", "sendMessage", { chat_id: 42 }],
    ["text: no String", "sendMessage", { ...text, text: 42 }],
    ["message_id: no Integer", "deleteMessage", { chat_id: 42, message_id: 1.5 }],
    ["entities: no list of MessageEntity", "sendMessage", { ...text, entities: "bold" }],
    ["entities: length is missing", "sendMessage", { ...text, entities: [{ type: "bold", offset: 0 }] }],
    ["media: no InputMedia", "editMessageMedia", { chat_id: 42, message_id: 1, media: { type: "photo", file: "x" } }],
    ["text is too long", "answerCallbackQuery", { callback_query_id: "1", text: "x".repeat(201) }],
  ])("has a problem: %s", (problem, method, fields) => {
    expect(call(method, fields)).toBe(problem);
  });

  it("counts the data of a button in bytes", () => {
    expect(call("sendMessage", keyboard({ text: "x", callback_data: "ж".repeat(32) }))).toBeUndefined();
    expect(call("sendMessage", keyboard({ text: "x", callback_data: "ж".repeat(33) }))).toMatch(/^reply_markup: /);
  });
});
