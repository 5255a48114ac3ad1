/**
 * What the published Bot API takes, as data: Bot API 10.1 (June 11, 2026), https://core.telegram.org/bots/api. A field is
 * its name, with `!` where it is required, and its types; `<64` is its longest text in characters, `<64b` in bytes,
 * where no formatting is parsed first. Methods that bots of Likeness call, and the types that these take.
 */
export const methodFields: Readonly<Record<string, string>> = {
  getMe: "",
  getUpdates: "offset:Integer limit:Integer timeout:Integer allowed_updates:String[]",
  setWebhook: `url!:String certificate:InputFile ip_address:String max_connections:Integer allowed_updates:String[]
    drop_pending_updates:Boolean secret_token:String<256`,
  deleteWebhook: "drop_pending_updates:Boolean",
  getWebhookInfo: "",
  sendMessage: `business_connection_id:String chat_id!:Integer|String message_thread_id:Integer direct_messages_topic_id:Integer
    text!:String parse_mode:String entities:MessageEntity[] link_preview_options:LinkPreviewOptions
    disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean message_effect_id:String
    suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters
    reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply`,
  sendMessageDraft: `chat_id!:Integer message_thread_id:Integer draft_id!:Integer text:String parse_mode:String
    entities:MessageEntity[]`,
  sendPhoto: `business_connection_id:String chat_id!:Integer|String message_thread_id:Integer direct_messages_topic_id:Integer
    photo!:InputFile|String caption:String parse_mode:String caption_entities:MessageEntity[]
    show_caption_above_media:Boolean has_spoiler:Boolean disable_notification:Boolean protect_content:Boolean
    allow_paid_broadcast:Boolean message_effect_id:String suggested_post_parameters:SuggestedPostParameters
    reply_parameters:ReplyParameters
    reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply`,
  sendDocument: `business_connection_id:String chat_id!:Integer|String message_thread_id:Integer direct_messages_topic_id:Integer
    document!:InputFile|String thumbnail:InputFile|String caption:String parse_mode:String
    caption_entities:MessageEntity[] disable_content_type_detection:Boolean disable_notification:Boolean
    protect_content:Boolean allow_paid_broadcast:Boolean message_effect_id:String
    suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters
    reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply`,
  sendMediaGroup: `business_connection_id:String chat_id!:Integer|String message_thread_id:Integer direct_messages_topic_id:Integer
    media!:InputMediaAudio[]|InputMediaDocument[]|InputMediaLivePhoto[]|InputMediaPhoto[]|InputMediaVideo[]
    disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean message_effect_id:String
    reply_parameters:ReplyParameters`,
  editMessageText: `business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String
    text:String<4096 parse_mode:String entities:MessageEntity[] link_preview_options:LinkPreviewOptions
    rich_message:InputRichMessage reply_markup:InlineKeyboardMarkup`,
  editMessageCaption: `business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String caption:String
    parse_mode:String caption_entities:MessageEntity[] show_caption_above_media:Boolean
    reply_markup:InlineKeyboardMarkup`,
  editMessageMedia: `business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String
    media!:InputMedia reply_markup:InlineKeyboardMarkup`,
  editMessageReplyMarkup: `business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String
    reply_markup:InlineKeyboardMarkup`,
  deleteMessage: "chat_id!:Integer|String message_id!:Integer",
  deleteMessages: "chat_id!:Integer|String message_ids!:Integer[]",
  createForumTopic: "chat_id!:Integer|String name!:String<128 icon_color:Integer icon_custom_emoji_id:String",
  deleteForumTopic: "chat_id!:Integer|String message_thread_id!:Integer",
  answerCallbackQuery: "callback_query_id!:String text:String<200 show_alert:Boolean url:String cache_time:Integer",
  getFile: "file_id!:String",
  sendChatAction: "business_connection_id:String chat_id!:Integer|String message_thread_id:Integer action!:String",
  setMessageReaction: "chat_id!:Integer|String message_id!:Integer reaction:ReactionType[] is_big:Boolean",
  setMyCommands: "commands!:BotCommand[] scope:BotCommandScope language_code:String",
  getMyCommands: "scope:BotCommandScope language_code:String",
  deleteMyCommands: "scope:BotCommandScope language_code:String",
  setMyDescription: "description:String<512 language_code:String",
  setMyShortDescription: "short_description:String<120 language_code:String",
  setChatMenuButton: "chat_id:Integer menu_button:MenuButton",
  sendInvoice: `chat_id!:Integer|String message_thread_id:Integer direct_messages_topic_id:Integer title!:String<32
    description!:String<255 payload!:String<128b provider_token:String currency!:String prices!:LabeledPrice[]
    max_tip_amount:Integer suggested_tip_amounts:Integer[] start_parameter:String provider_data:String
    photo_url:String photo_size:Integer photo_width:Integer photo_height:Integer need_name:Boolean
    need_phone_number:Boolean need_email:Boolean need_shipping_address:Boolean send_phone_number_to_provider:Boolean
    send_email_to_provider:Boolean is_flexible:Boolean disable_notification:Boolean protect_content:Boolean
    allow_paid_broadcast:Boolean message_effect_id:String suggested_post_parameters:SuggestedPostParameters
    reply_parameters:ReplyParameters reply_markup:InlineKeyboardMarkup`,
  createInvoiceLink: `business_connection_id:String title!:String<32 description!:String<255 payload!:String<128b
    provider_token:String currency!:String prices!:LabeledPrice[] subscription_period:Integer max_tip_amount:Integer
    suggested_tip_amounts:Integer[] provider_data:String photo_url:String photo_size:Integer photo_width:Integer
    photo_height:Integer need_name:Boolean need_phone_number:Boolean need_email:Boolean
    need_shipping_address:Boolean send_phone_number_to_provider:Boolean send_email_to_provider:Boolean
    is_flexible:Boolean`,
  answerPreCheckoutQuery: "pre_checkout_query_id!:String ok!:Boolean error_message:String",
  refundStarPayment: "user_id!:Integer telegram_payment_charge_id!:String",
  getStarTransactions: "offset:Integer limit:Integer",
  getMyStarBalance: "",
};

/** The fields of the types. */
export const typeFields: Readonly<Record<string, string>> = {
  MessageEntity: `type!:String offset!:Integer length!:Integer url:String user:User language:String custom_emoji_id:String
    unix_time:Integer date_time_format:String`,
  LinkPreviewOptions: `is_disabled:Boolean url:String prefer_small_media:Boolean prefer_large_media:Boolean show_above_text:Boolean`,
  SuggestedPostParameters: "price:SuggestedPostPrice send_date:Integer",
  ReplyParameters: `message_id!:Integer chat_id:Integer|String allow_sending_without_reply:Boolean quote:String
    quote_parse_mode:String quote_entities:MessageEntity[] quote_position:Integer checklist_task_id:Integer
    poll_option_id:String`,
  InlineKeyboardMarkup: "inline_keyboard!:InlineKeyboardButton[][]",
  ReplyKeyboardMarkup: `keyboard!:KeyboardButton[][] is_persistent:Boolean resize_keyboard:Boolean one_time_keyboard:Boolean
    input_field_placeholder:String<64 selective:Boolean`,
  ReplyKeyboardRemove: "remove_keyboard!:Boolean selective:Boolean",
  ForceReply: "force_reply!:Boolean input_field_placeholder:String<64 selective:Boolean",
  InputMediaAudio: `type!:String media!:String thumbnail:String caption:String parse_mode:String caption_entities:MessageEntity[]
    duration:Integer performer:String title:String`,
  InputMediaDocument: `type!:String media!:String thumbnail:String caption:String parse_mode:String caption_entities:MessageEntity[]
    disable_content_type_detection:Boolean`,
  InputMediaLivePhoto: `type!:String media!:String photo!:String caption:String parse_mode:String caption_entities:MessageEntity[]
    show_caption_above_media:Boolean has_spoiler:Boolean`,
  InputMediaPhoto: `type!:String media!:String caption:String parse_mode:String caption_entities:MessageEntity[]
    show_caption_above_media:Boolean has_spoiler:Boolean`,
  InputMediaVideo: `type!:String media!:String thumbnail:String cover:String start_timestamp:Integer caption:String
    parse_mode:String caption_entities:MessageEntity[] show_caption_above_media:Boolean width:Integer height:Integer
    duration:Integer supports_streaming:Boolean has_spoiler:Boolean`,
  InputRichMessage: "html:String markdown:String is_rtl:Boolean skip_entity_detection:Boolean",
  BotCommand: "command!:String<32 description!:String<256",
  LabeledPrice: "label!:String amount!:Integer",
  User: `id!:Integer is_bot!:Boolean first_name!:String last_name:String username:String language_code:String
    is_premium:Boolean added_to_attachment_menu:Boolean can_join_groups:Boolean can_read_all_group_messages:Boolean
    supports_guest_queries:Boolean supports_inline_queries:Boolean can_connect_to_business:Boolean
    has_main_web_app:Boolean has_topics_enabled:Boolean allows_users_to_create_topics:Boolean
    can_manage_bots:Boolean supports_join_request_queries:Boolean`,
  SuggestedPostPrice: "currency!:String amount!:Integer",
  InlineKeyboardButton: `text!:String icon_custom_emoji_id:String style:String url:String callback_data:String<64b web_app:WebAppInfo
    login_url:LoginUrl switch_inline_query:String switch_inline_query_current_chat:String
    switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton callback_game:CallbackGame
    pay:Boolean`,
  KeyboardButton: `text!:String icon_custom_emoji_id:String style:String request_users:KeyboardButtonRequestUsers
    request_chat:KeyboardButtonRequestChat request_managed_bot:KeyboardButtonRequestManagedBot
    request_contact:Boolean request_location:Boolean request_poll:KeyboardButtonPollType web_app:WebAppInfo`,
  InputMediaAnimation: `type!:String media!:String thumbnail:String caption:String parse_mode:String caption_entities:MessageEntity[]
    show_caption_above_media:Boolean width:Integer height:Integer duration:Integer has_spoiler:Boolean`,
  ReactionTypeEmoji: "type!:String emoji!:String",
  ReactionTypeCustomEmoji: "type!:String custom_emoji_id!:String",
  ReactionTypePaid: "type!:String",
  BotCommandScopeDefault: "type!:String",
  BotCommandScopeAllPrivateChats: "type!:String",
  BotCommandScopeAllGroupChats: "type!:String",
  BotCommandScopeAllChatAdministrators: "type!:String",
  BotCommandScopeChat: "type!:String chat_id!:Integer|String",
  BotCommandScopeChatAdministrators: "type!:String chat_id!:Integer|String",
  BotCommandScopeChatMember: "type!:String chat_id!:Integer|String user_id!:Integer",
  MenuButtonCommands: "type!:String",
  MenuButtonWebApp: "type!:String text!:String web_app!:WebAppInfo",
  MenuButtonDefault: "type!:String",
  WebAppInfo: "url!:String",
  LoginUrl: "url!:String forward_text:String bot_username:String request_write_access:Boolean",
  SwitchInlineQueryChosenChat: `query:String allow_user_chats:Boolean allow_bot_chats:Boolean allow_group_chats:Boolean
    allow_channel_chats:Boolean`,
  CopyTextButton: "text!:String<256",
  CallbackGame: "",
  KeyboardButtonRequestUsers: `request_id!:Integer user_is_bot:Boolean user_is_premium:Boolean max_quantity:Integer request_name:Boolean
    request_username:Boolean request_photo:Boolean`,
  KeyboardButtonRequestChat: `request_id!:Integer chat_is_channel!:Boolean chat_is_forum:Boolean chat_has_username:Boolean
    chat_is_created:Boolean user_administrator_rights:ChatAdministratorRights
    bot_administrator_rights:ChatAdministratorRights bot_is_member:Boolean request_title:Boolean
    request_username:Boolean request_photo:Boolean`,
  KeyboardButtonRequestManagedBot: "request_id!:Integer suggested_name:String suggested_username:String",
  KeyboardButtonPollType: "type:String",
  ChatAdministratorRights: `is_anonymous!:Boolean can_manage_chat!:Boolean can_delete_messages!:Boolean can_manage_video_chats!:Boolean
    can_restrict_members!:Boolean can_promote_members!:Boolean can_change_info!:Boolean can_invite_users!:Boolean
    can_post_stories!:Boolean can_edit_stories!:Boolean can_delete_stories!:Boolean can_post_messages:Boolean
    can_edit_messages:Boolean can_pin_messages:Boolean can_manage_topics:Boolean can_manage_direct_messages:Boolean
    can_manage_tags:Boolean`,
};

/** Types that are one of others. */
export const oneOf: Readonly<Record<string, readonly string[]>> = {
  InputMedia: [
    "InputMediaAnimation",
    "InputMediaAudio",
    "InputMediaDocument",
    "InputMediaLivePhoto",
    "InputMediaPhoto",
    "InputMediaVideo",
  ],
  ReactionType: ["ReactionTypeEmoji", "ReactionTypeCustomEmoji", "ReactionTypePaid"],
  BotCommandScope: [
    "BotCommandScopeDefault",
    "BotCommandScopeAllPrivateChats",
    "BotCommandScopeAllGroupChats",
    "BotCommandScopeAllChatAdministrators",
    "BotCommandScopeChat",
    "BotCommandScopeChatAdministrators",
    "BotCommandScopeChatMember",
  ],
  MenuButton: ["MenuButtonCommands", "MenuButtonWebApp", "MenuButtonDefault"],
};
