import { err, ok, type Result } from "neverthrow";
import { z } from "zod";
import type { BotCommand } from "grammy/types";
import { chatOf } from "../state/chats.ts";
import type { World } from "../state/world.ts";
import type { BotCall } from "../wire/calls.ts";
import { refuse, type Refusal } from "../wire/refusal.ts";
import { textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";

/** Maximum number of commands in a list. https://core.telegram.org/bots/api#setmycommands */
const mostCommands = 100;

export const setMyCommands: Method = (context, call) =>
  commandKey(context, call).andThen((key) => {
    const parsed = commandsSchema.safeParse(call.fields["commands"]);
    if (!parsed.success) return refuse(400, "can't parse commands: expected an Array of BotCommand");
    if (parsed.data.length > mostCommands) return refuse(400, "BOT_COMMANDS_TOO_MUCH");
    if (!parsed.data.every(({ command }) => /^\/?[a-z0-9_]{1,32}$/.test(command))) {
      return refuse(400, "BOT_COMMAND_INVALID");
    }
    if (!parsed.data.every(({ description }) => description.length >= 1 && description.length <= 256)) {
      return refuse(400, "BOT_COMMAND_DESCRIPTION_INVALID");
    }
    if (parsed.data.length === 0) delete context.state.commands[key];
    else
      context.state.commands[key] = parsed.data.map(({ command, description }) => ({
        command: command.replace("/", ""),
        description,
      }));
    context.events.emit({ type: "commands" });
    return ok({ result: true });
  });

export const getMyCommands: Method = (context, call) =>
  commandKey(context, call).map((key) => ({ result: context.state.commands[key] ?? [] }));

export const deleteMyCommands: Method = (context, call) =>
  commandKey(context, call).map((key) => {
    delete context.state.commands[key];
    context.events.emit({ type: "commands" });
    return { result: true };
  });

/** The key of a list of commands: a scope and a language. */
function commandKey({ state }: World, call: BotCall): Result<string, Refusal> {
  const parsed = scopeSchema.safeParse(call.fields["scope"] ?? { type: "default" });
  if (!parsed.success) return refuse(400, "can't parse BotCommandScope: Unsupported type specified");
  const language = textOf(call, "language_code");
  if (!/^(?:[a-z]{2})?$/.test(language)) return err(refuse(400, "invalid language code specified").error);
  const { type, chat_id } = parsed.data;
  if (type === "chat" && !state.chats[String(chat_id ?? "")]) return refuse(400, "chat not found");
  return ok(keyOf(chat_id == null ? type : `${type} ${chat_id}`, language));
}

const keyOf = (scope: string, language: string): string => `${scope}/${language}`;

/**
 * The list that an app shows in a private chat: the first one there is, from the narrowest scope to the widest, with
 * the person's language before none. https://core.telegram.org/bots/api#determining-list-of-commands
 */
export function offeredCommands(world: World, personId: number): readonly BotCommand[] {
  const { language_code = "" } = chatOf(world, personId).person;
  const scopes = [`chat ${personId}`, "all_private_chats", "default"];
  const keys = scopes.flatMap((scope) => [keyOf(scope, language_code.slice(0, 2)), keyOf(scope, "")]);
  return keys.map((key) => world.state.commands[key]).find((commands) => commands !== undefined) ?? [];
}

const commandsSchema = z.array(z.strictObject({ command: z.string(), description: z.string() }));

const scopeSchema = z.looseObject({
  type: z.enum([
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
  ]),
  chat_id: z.union([z.number(), z.string()]).nullish(),
});
