import type { Received } from "../../chat/received.ts";
import type { HintGiven, Waiting } from "../texts.ts";

const came = {
  text: "Бұл – мәтін.",
  command: "Мұндай команданы білмеймін.",
  photo: "Бұл – фотосурет.",
  document: "Бұл – файл.",
  video: "Бұл – бейне.",
  voice: "Бұл – дауыстық хабар.",
  audio: "Бұл – аудиофайл.",
  sticker: "Бұл – жапсырма.",
  animation: "Бұл – қозғалмалы сурет.",
  location: "Бұл – орналасқан жер.",
  contact: "Бұл – байланыс дерегі.",
  poll: "Бұл – сауалнама.",
  other: "Мұндай хабармен ештеңе істей алмаймын.",
} as const satisfies Record<Received, string>;

/** Of an album. */
const cameTogether: Partial<Record<Received, string>> = {
  photo: "Бұл – фотосуреттер.",
  document: "Бұл – файлдар.",
  video: "Бұл – бейнелер.",
  audio: "Бұл – аудиофайлдар.",
};

/** What is expected at a step. */
export const expected = {
  kind: "Жоғарыдағы түймелермен түрін таңдаңыз.",
  gender: "Жоғарыдағы түймелермен жауап беріңіз.",
  name: "Аватардың атын мәтінмен жазыңыз.",
  consent: "Жоғарыдағы хабардағы тармақтарды белгілеп, жалғастырыңыз.",
  photos: "Фотосуреттерді жіберіңіз: бір-бірден, альбоммен немесе файлмен (JPEG, PNG немесе WebP).",
  "enough-photos": "Фотосурет жеткілікті: оқытуға өтуге немесе тағы жіберуге болады.",
  "all-photos": "Барлық фотосурет бар. Оқытуға өтуге болады.",
  rename: "Жаңа атын мәтінмен жазыңыз.",
  words: "Суретті мәтінмен сипаттаңыз.",
  pictures: "Қазір ештеңе керек емес. Сурет жасау үшін /images, аватарларыңызды көру үшін /avatars жіберіңіз.",
  nothing: "Қазір ештеңе керек емес. Аватар жасау үшін /start, өз аватарларыңызды көру үшін /avatars жіберіңіз.",
} as const satisfies Record<Waiting, string>;

export const hint = ({ waiting, received, album }: HintGiven): string =>
  `${(album && cameTogether[received]) ?? came[received]} ${expected[waiting]}`;
