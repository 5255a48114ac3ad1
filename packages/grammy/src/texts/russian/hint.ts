import type { Received } from "../../chat/received.ts";
import type { Waiting } from "../texts.ts";

const came = {
  text: "Пришло текстовое сообщение.",
  command: "Такой команды я не знаю.",
  photo: "Пришла фотография.",
  document: "Пришёл файл.",
  video: "Пришло видео.",
  voice: "Пришло голосовое сообщение.",
  audio: "Пришёл аудиофайл.",
  sticker: "Пришёл стикер.",
  animation: "Пришла анимация.",
  location: "Пришла геопозиция.",
  contact: "Пришёл контакт.",
  poll: "Пришёл опрос.",
  other: "Такое сообщение мне не пригодится.",
} as const satisfies Record<Received, string>;

const expected = {
  kind: "Выберите тип одной из кнопок выше.",
  gender: "Ответьте одной из кнопок выше.",
  name: "Напишите имя аватара текстом.",
  photos: "Отправьте фотографии: по одной, альбомом или файлами (JPEG, PNG или WebP).",
  "enough-photos": "Фотографий достаточно: можно перейти к обучению или отправить ещё.",
  "all-photos": "Фотографий уже столько, сколько помещается. Можно перейти к обучению.",
  rename: "Напишите новое имя текстом.",
  nothing: "Сейчас ничего не нужно. /start — создать аватар, /avatars — показать ваши аватары.",
} as const satisfies Record<Waiting, string>;

export const hint = ({ waiting, received }: { readonly waiting: Waiting; readonly received: Received }): string =>
  `${came[received]} ${expected[waiting]}`;
