import type { AvatarOverview } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { Text } from "../../texts/text.ts";
import { button } from "../button.ts";
import { callbackData } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";

const perPage = 8;

export interface AvatarList {
  readonly said: Text;
  readonly keyboard: InlineKeyboard;
}

/**
 * The list as a message: a button for each avatar, and for the other pages. For a missing page it shows the nearest.
 */
export function avatarList(
  ports: Pick<ChatPorts, "say">,
  person: Pick<Person, "locale">,
  avatars: readonly AvatarOverview[],
  wanted: number,
): AvatarList {
  const { say } = ports;
  const { locale } = person;
  const create = [button(ports, person, "button.create", "create")];
  if (avatars.length === 0) return { said: say(locale, "avatars.empty"), keyboard: new InlineKeyboard([create]) };

  const pages = Math.ceil(avatars.length / perPage);
  const page = Math.min(Math.max(wanted, 1), pages);
  const rows = avatars.slice((page - 1) * perPage, page * perPage).map(({ avatar: { id, name, state, main } }) => {
    const label = say(locale, "button.avatar", { name, status: state.status, main });
    return [InlineKeyboard.text(label, callbackData("open", id))];
  });
  const others = [
    ...(page > 1 ? [button(ports, person, "button.previous", "page", String(page - 1))] : []),
    ...(page < pages ? [button(ports, person, "button.next", "page", String(page + 1))] : []),
  ];
  return {
    said: say(locale, "avatars.list", { avatars: avatars.length, page, pages }),
    keyboard: new InlineKeyboard([...rows, ...(others.length > 0 ? [others] : []), create]),
  };
}
