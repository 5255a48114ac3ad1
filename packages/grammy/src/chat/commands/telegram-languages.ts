/** The languages of Telegram's apps, as `setMyCommands` names them: https://translations.telegram.org */
export const telegramLanguages: readonly string[] = (
  "ar az be bg ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv ms nb nl no pl pt ro ru sk sl sr " +
  "sv tg th tk tr uk uz vi zh"
).split(" ");
