import { ok } from "neverthrow";
import type { Method } from "./method.ts";
import { sendMessage, sendMessageDraft } from "./send-message.ts";
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from "./updates.ts";

const getMe: Method = ({ state }) =>
  ok({
    result: {
      ...state.bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    },
  });

/** Every method there is, as Telegram spells it. */
export const methods: Readonly<Record<string, Method>> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendMessageDraft,
};
