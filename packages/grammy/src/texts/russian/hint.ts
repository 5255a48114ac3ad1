import type { Received } from "../../chat/received.ts";
import type { HintGiven, Waiting } from "../texts.ts";

const came = {
  text: "Это текстовое сообщение.",
  command: "Такой команды я не знаю.",
  photo: "Это фотография.",
  document: "Это файл.",
  video: "Это видео.",
  voice: "Это голосовое сообщение.",
  audio: "Это аудиофайл.",
  sticker: "Это стикер.",
  animation: "Это анимация.",
  location: "Это геопозиция.",
  contact: "Это контакт.",
  poll: "Это опрос.",
  other: "С таким сообщением я ничего сделать не могу.",
} as const satisfies Record<Received, string>;

/** Of an album. */
const cameTogether: Partial<Record<Received, string>> = {
  photo: "Это фотографии.",
  document: "Это файлы.",
  video: "Это видео.",
  audio: "Это аудиофайлы.",
};

/** What is expected at a step. */
export const expected = {
  kind: "Выберите тип кнопками выше.",
  gender: "Ответьте кнопками выше.",
  name: "Напишите имя аватара текстом.",
  consent: "Отметьте, пожалуйста, пункты в сообщении выше и продолжайте.",
  photos: "Отправьте фотографии: по одной, альбомом или файлами (JPEG, PNG или WebP).",
  "enough-photos": "Фотографий достаточно: можно перейти к обучению или отправить ещё.",
  "all-photos": "Все фотографии уже есть. Можно перейти к обучению.",
  rename: "Напишите новое имя текстом.",
  words: "Опишите изображение текстом.",
  pictures:
    "Сейчас ничего не нужно. Отправьте /images, чтобы создать изображения, или /avatars, чтобы посмотреть свои аватары.",
  nothing: "Сейчас ничего не нужно. Отправьте /start, чтобы создать аватар, или /avatars, чтобы посмотреть свои.",
} as const satisfies Record<Waiting, string>;

export const hint = ({ waiting, received, album }: HintGiven): string =>
  `${(album && cameTogether[received]) ?? came[received]} ${expected[waiting]}`;
