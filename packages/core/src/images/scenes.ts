import type { Pack } from "./pack.ts";
import type { Scene } from "./scene.ts";

const businessScenes = [
  {
    key: "headshot",
    ratio: "4:5",
    names: { en: "Headshot", ru: "Деловой портрет", kk: "Іскерлік портрет" },
    prompt:
      "Studio headshot of {s} in {wear.suit}, shoulders turned slightly, calm friendly look into the camera, seamless light-grey background, large soft key light, natural skin texture, 85 mm lens",
  },
  {
    key: "linkedin",
    ratio: "1:1",
    names: { en: "Profile photo", ru: "Фото для профиля", kk: "Профиль суреті" },
    prompt:
      "Close portrait of {s} in {wear.casual}, warm half-smile, blurred bright office behind, window light from the left, shallow depth of field",
  },
  {
    key: "boardroom",
    ratio: "3:2",
    names: { en: "Boardroom", ru: "В переговорной", kk: "Кездесу бөлмесінде" },
    prompt:
      "{s} in {wear.suit} leaning on a long walnut table, city skyline through tall windows, late afternoon light, confident relaxed posture, waist-up",
  },
  {
    key: "speaker",
    ratio: "3:2",
    names: { en: "On stage", ru: "На сцене", kk: "Сахнада" },
    prompt:
      "{s} speaking on a small stage with a headset microphone, one hand raised mid-gesture, dark hall, single warm spotlight, candid photo",
  },
  {
    key: "founder",
    ratio: "4:5",
    names: { en: "In the workshop", ru: "В мастерской", kk: "Шеберханада" },
    prompt:
      "{s} in {wear.casual}, arms crossed, standing in a workshop with shelves of prototypes, soft overhead light, documentary style",
  },
  {
    key: "cafe",
    ratio: "4:5",
    names: { en: "Café", ru: "В кафе", kk: "Кафеде" },
    prompt:
      "{s} at a corner table of a quiet café with a cup in {his} hands, rain on the window, soft grey daylight, honest smile, 50 mm photo",
  },
  {
    key: "street",
    ratio: "2:3",
    names: { en: "Autumn street", ru: "Осенняя улица", kk: "Күзгі көше" },
    prompt:
      "{s} in a long wool coat walking along a tree-lined street in autumn, looking at the camera, low golden sun, leaves in the air, three-quarter length",
  },
  {
    key: "blackwhite",
    ratio: "4:5",
    names: { en: "Black and white", ru: "Чёрно-белое фото", kk: "Ақ-қара фотосурет" },
    prompt:
      "Black-and-white portrait of {s}, head and shoulders, one soft lamp from the side, deep shadow on the other cheek, quiet serious look, fine grain",
  },
  {
    key: "library",
    ratio: "3:4",
    names: { en: "Library", ru: "В библиотеке", kk: "Кітапханада" },
    prompt:
      "{s} with an open book between old wooden shelves, green desk lamp, warm light on the face, glancing up at the camera",
  },
  {
    key: "sport",
    ratio: "2:3",
    names: { en: "Morning run", ru: "Утренняя пробежка", kk: "Таңғы жүгіріс" },
    prompt:
      "{s} in running clothes beside a lake at sunrise, light sweat on the forehead, mist over the water, breathing out, determined look",
  },
  {
    key: "evening",
    ratio: "4:5",
    names: { en: "Evening terrace", ru: "Вечер на террасе", kk: "Террасадағы кеш" },
    prompt:
      "{s} in {wear.evening} on a terrace at blue hour, string lights out of focus behind, gentle fill light on the face, half-length portrait",
  },
  {
    key: "passport-like",
    ratio: "4:5",
    names: { en: "Like an ID photo", ru: "Как на документы", kk: "Құжатқа түскендей" },
    prompt:
      "Plain frontal portrait of {s}, neutral face, mouth closed, even flat light, white background, head and top of shoulders",
    note: {
      en: "Not valid as a photo for documents.",
      ru: "Для документов такое фото не подойдёт.",
      kk: "Мұндай фотосурет құжатқа жарамайды.",
    },
  },
] as const satisfies readonly Scene[];

const creativeScenes = [
  {
    key: "astronaut",
    ratio: "4:5",
    names: { en: "Astronaut", ru: "Космонавт", kk: "Ғарышкер" },
    prompt:
      "{s} in a white space suit, helmet under {his} arm, standing in a hangar beside a small rocket, cool rim light, film still",
  },
  {
    key: "northern",
    ratio: "2:3",
    names: { en: "Northern lights", ru: "Северное сияние", kk: "Солтүстік шұғыласы" },
    prompt:
      "{s} in a fur-trimmed parka on a frozen lake, green aurora over the hills, face lit by a lantern in {his} hand, night photo",
  },
  {
    key: "noir",
    ratio: "3:2",
    names: { en: "Film noir", ru: "Нуар", kk: "Нуар фильмі" },
    prompt:
      "{s} in a trench coat under a street lamp in the rain, wet cobbles, strong shadows, 1940s detective film, black and white",
  },
  {
    key: "oil",
    ratio: "4:5",
    names: { en: "Oil painting", ru: "Картина маслом", kk: "Майлы бояу" },
    prompt:
      "Oil painting of {s} in the manner of a seventeenth-century portrait, dark brown background, light from one candle, visible brush strokes, craquelure",
  },
  {
    key: "watercolour",
    ratio: "3:4",
    names: { en: "Watercolour", ru: "Акварель", kk: "Акварель" },
    prompt: "Loose watercolour of {s}, head and shoulders, wet edges, white paper showing, muted blues and ochre",
  },
  {
    key: "comic",
    ratio: "2:3",
    names: { en: "Comic book", ru: "Комикс", kk: "Комикс кітабы" },
    prompt:
      "Comic-book panel with {s} as a city hero on a roof at dusk, bold ink lines, flat colours, halftone dots, cape in the wind",
  },
  {
    key: "cyber",
    ratio: "9:16",
    names: { en: "Neon city", ru: "Неоновый город", kk: "Неон қала" },
    prompt:
      "{s} in a reflective jacket in a narrow neon market street at night, teal and magenta light on the face, steam, crowd out of focus",
  },
  {
    key: "steppe",
    ratio: "3:2",
    names: { en: "On the steppe", ru: "В степи", kk: "Далада" },
    prompt:
      "{s} in an embroidered national coat riding slowly across the steppe, snow peaks far behind, wide evening sky, dust in the light",
  },
  {
    key: "renaissance",
    ratio: "4:5",
    names: { en: "Renaissance", ru: "Ренессанс", kk: "Қайта өрлеу дәуірі" },
    prompt:
      "{s} in a velvet doublet with gold thread at a stone window, distant river landscape, soft sfumato light, painted panel",
  },
  {
    key: "fantasy",
    ratio: "2:3",
    names: { en: "Enchanted forest", ru: "Волшебный лес", kk: "Сиқырлы орман" },
    prompt:
      "{s} as a forest ranger in a mossy cloak, small glowing moths around, beams through giant trees, epic but gentle mood",
  },
  {
    key: "retro",
    ratio: "1:1",
    names: { en: "Eighties snapshot", ru: "Снимок из 80-х", kk: "80-жылдар суреті" },
    prompt:
      "Instant-film snapshot of {s} in the 1980s, patterned jumper, direct flash, slightly faded colours, living room behind",
  },
  {
    key: "toy",
    ratio: "1:1",
    names: { en: "Toy figure", ru: "Фигурка", kk: "Ойыншық мүсін" },
    prompt:
      "Small collectible figure of {s} in {wear.casual} on a wooden desk, glossy painted vinyl, big soft-box reflections, macro photo",
  },
] as const satisfies readonly Scene[];

/** The scenes that come with Likeness, in the order in which they are shown. The texts are our own. */
export const defaultScenes: readonly Scene[] = [...businessScenes, ...creativeScenes];

type DefaultScene = (typeof businessScenes | typeof creativeScenes)[number]["key"];

interface DefaultPack extends Pack {
  readonly scenes: readonly DefaultScene[];
}

/** The packs of the default scenes: two that share all scenes, and two selections. */
export const defaultPacks: readonly Pack[] = [
  {
    key: "portraits",
    names: { en: "Portraits", ru: "Портреты", kk: "Портреттер" },
    scenes: businessScenes.map(({ key }) => key),
  },
  {
    key: "creative",
    names: { en: "Creative", ru: "Творческие", kk: "Шығармашылық" },
    scenes: creativeScenes.map(({ key }) => key),
  },
  {
    key: "headshot",
    names: { en: "For a profile", ru: "Для профиля", kk: "Профильге" },
    scenes: ["headshot", "linkedin", "founder", "blackwhite", "evening"],
  },
  {
    key: "fun",
    names: { en: "Just for fun", ru: "Для веселья", kk: "Көңілді" },
    scenes: ["astronaut", "oil", "comic", "cyber", "retro"],
  },
] satisfies readonly DefaultPack[];

/** The first pictures of a new model: near, half-length, another light, and one for joy. */
export const firstLookScenes = [
  "headshot",
  "cafe",
  "blackwhite",
  "astronaut",
] as const satisfies readonly DefaultScene[];
