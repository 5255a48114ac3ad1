import { ok } from "neverthrow";
import { answerCallbackQuery } from "./answer-callback-query.ts";
import { deleteMyCommands, getMyCommands, setMyCommands } from "./commands.ts";
import { deleteMessage, deleteMessages } from "./delete-message.ts";
import { editMessageCaption, editMessageMedia, editMessageReplyMarkup, editMessageText } from "./edit-message.ts";
import { createForumTopic, deleteForumTopic } from "./forum-topics.ts";
import { getFile } from "./get-file.ts";
import { createInvoiceLink, sendInvoice } from "./invoices.ts";
import type { Method } from "./method.ts";
import { sendChatAction, setChatMenuButton, setMyDescription, setMyShortDescription } from "./profile.ts";
import { setMessageReaction } from "./reactions.ts";
import { sendDocument, sendMediaGroup, sendPhoto } from "./send-media.ts";
import { sendMessage, sendMessageDraft } from "./send-message.ts";
import { answerPreCheckoutQuery, getMyStarBalance, getStarTransactions, refundStarPayment } from "./stars.ts";
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
      has_topics_enabled: true,
      allows_users_to_create_topics: true,
    },
  });

/** All supported methods, in Telegram's spelling. */
export const methods: Readonly<Record<string, Method>> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendMessageDraft,
  sendPhoto,
  sendDocument,
  sendMediaGroup,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  createForumTopic,
  deleteForumTopic,
  answerCallbackQuery,
  sendInvoice,
  createInvoiceLink,
  answerPreCheckoutQuery,
  refundStarPayment,
  getStarTransactions,
  getMyStarBalance,
  getFile,
  sendChatAction,
  setMessageReaction,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setMyDescription,
  setMyShortDescription,
  setChatMenuButton,
};
