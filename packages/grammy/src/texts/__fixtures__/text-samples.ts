import {
  avatarKinds,
  failureReasons,
  genders,
  parseAvatarName,
  paymentStates,
  presets,
  ratios,
  timestamp,
  type PhotoRejection,
} from "@likeness/core";
import fc from "fast-check";
import { receivedKinds } from "../../chat/received.ts";
import type { Shown, WordsProblem } from "../picture-texts.ts";
import type { ProgressPhase, RejectedPhoto, TextKey, TextParameters, Waiting } from "../texts.ts";

/** Names that break markup, cutting, counting and fonts. All of them are names that an avatar may have. */
export const awkwardNames = [
  "a_*[<&>]()~`#+-=|{}.!\\",
  '<script>&"_*`[😀 Әлия',
  "ӘҒҚҢӨҰҮҺІ әғқңөұүһі",
  "👨‍👩‍👧‍👦 и 👩🏽‍🚀",
  "مرحبا بالعالم",
  "עברית (1) abc",
  "undefined NaN null",
  "/start @name #tag https://example.com",
  // 50 characters of 8 code points, 11 UTF-16 units each.
  "👩🏽‍❤️‍👩🏽".repeat(50),
  // 50 characters of 40 UTF-16 units: the longest name there is.
  `a${"\u0323".repeat(39)}`.repeat(50),
] as const;

const name = fc.oneof(
  fc.constantFrom(...awkwardNames),
  fc
    .string({ unit: "grapheme", minLength: 2, maxLength: 50 })
    .map((raw) => parseAvatarName(raw))
    .filter((parsed) => parsed.isOk())
    .map((parsed) => parsed.value),
);

const count = fc.oneof(fc.nat(200), fc.constant(12_345));
const size = fc.integer({ min: 1, max: 2 ** 40 });
const measure = fc.double({ min: 0, max: 255, noNaN: true });
const format = fc.constantFrom("heif", "gif", "jpeg-xl", "animated-webp", "hdr-png", "x".repeat(100));

export const rejections: { readonly [Code in PhotoRejection["code"]]: fc.Arbitrary<PhotoRejection & { code: Code }> } =
  {
    empty: fc.constant({ code: "empty" }),
    "not-an-image": fc.constant({ code: "not-an-image" }),
    "unsupported-format": fc.record({ code: fc.constant("unsupported-format"), format }),
    truncated: fc.constant({ code: "truncated" }),
    "file-too-large": fc.record({ code: fc.constant("file-too-large"), bytes: size, maximum: size }),
    "too-many-pixels": fc.record({ code: fc.constant("too-many-pixels"), pixels: size, maximum: size }),
    "too-small": fc.record({ code: fc.constant("too-small"), side: size, minimum: size }),
    "extreme-ratio": fc.record({ code: fc.constant("extreme-ratio"), ratio: measure, maximum: measure }),
    "too-dark": fc.record({ code: fc.constant("too-dark"), luminance: measure, minimum: measure }),
    "too-bright": fc.record({ code: fc.constant("too-bright"), luminance: measure, maximum: measure }),
    "low-contrast": fc.record({ code: fc.constant("low-contrast"), contrast: measure, minimum: measure }),
    "too-blurry": fc.record({ code: fc.constant("too-blurry"), sharpness: measure, minimum: measure }),
    duplicate: fc.record({ code: fc.constant("duplicate"), of: count }),
    "near-duplicate": fc.record({ code: fc.constant("near-duplicate"), of: count, distance: count }),
    "limit-reached": fc.record({ code: fc.constant("limit-reached"), maximum: count }),
    unavailable: fc.constant({ code: "unavailable" }),
  };

const rejected: fc.Arbitrary<RejectedPhoto> = fc.record({
  number: count,
  rejection: fc.oneof(...Object.values(rejections)),
});
const waiting = fc.constantFrom<Waiting[]>(
  "kind",
  "gender",
  "name",
  "photos",
  "enough-photos",
  "all-photos",
  "rename",
  "words",
  "pictures",
  "nothing",
);
const phase = fc.constantFrom<ProgressPhase[]>("preparing", "sending", "unconfirmed", "queued", "running");
const kind = fc.constantFrom(...avatarKinds);
const gender = fc.constantFrom(...genders);
const preset = fc.constantFrom(...presets);
const status = fc.constantFrom("draft" as const, "training" as const, "failed" as const, "ready" as const);
const photoCount = { accepted: count, minimum: count, maximum: count };
const nameLimits = { minimum: count, maximum: count };
const parts = { photos: fc.boolean(), models: fc.boolean(), pictures: fc.boolean() };
const minutes = fc.double({ min: 0, max: 10_000, noNaN: true });

const nothing = fc.constant<[]>([]);
const given = <Given>(model: { readonly [Name in keyof Given]: fc.Arbitrary<Given[Name]> }): fc.Arbitrary<[Given]> =>
  fc.tuple(fc.record<Given>(model));
const named = given({ name });

/** What a picture shows, in no language; words of 1,000 characters, the longest that a person may write. */
const shown = fc.constantFrom<Shown[]>(
  { scene: "№ 5" },
  { scene: "№ 5", note: "№ 6" },
  { scene: "5".repeat(2_000), note: "6".repeat(2_000) },
  { words: "№ 7" },
  { words: "🚲".repeat(1000) },
);
const ratio = fc.constantFrom(...ratios);
const price = fc.record({ amount: fc.nat(5000), unit: fc.constantFrom("credits", "⭐") });
const cost = {
  have: fc.option(fc.nat(2_000_000_000), { nil: undefined }),
  owed: fc.option(fc.nat(2_000_000_000), { nil: undefined }),
};
const payable = { price: fc.option(price, { nil: undefined }), ...cost };
const unpaid = given({ ...payable, shop: fc.boolean() });
/** A charge has an id in no language. */
const chargeId = fc.constantFrom("5".repeat(20), "7".repeat(300));
const support = fc.constantFrom("@5", "+7 700 000 00 00");
const terms = fc.option(support, { nil: undefined });
const credits = fc.record({ amount: fc.integer({ min: 1, max: 100_000 }), unit: fc.constant("credits") });
const stars = fc.integer({ min: 1, max: 100_000 });
const at = fc
  .constantFrom("2026-11-23T06:00:00.000Z", "2027-05-01T23:59:59.000Z")
  .map((time) => timestamp(Date.parse(time)));
const balance = {
  balance: fc.nat(2 ** 31),
  held: fc.nat(2 ** 31),
  owed: fc.nat(2 ** 31),
  unit: fc.constant("credits"),
};
const payment = fc.record({
  at,
  stars,
  credits: fc.oneof(credits, fc.constant({ amount: 0, unit: "credits" })),
  state: fc.constantFrom(...paymentStates),
  asked: fc.boolean(),
  chargeId,
});
const missing = { blocked: fc.nat(10), failed: fc.nat(10) };

const optional = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });
/** What a host says about itself; the longest that fits. */
const about = fc.record({
  privacyUrl: optional("https://127.0.0.1/1"),
  termsUrl: optional("https://127.0.0.1/2"),
  support: optional("@1"),
  service: optional("№1"),
  photoDays: fc.option(count, { nil: undefined }),
  ownerDays: fc.option(count, { nil: undefined }),
});
const statements = fc.array(fc.constantFrom("№ 1.", "5".repeat(500)), { minLength: 1, maxLength: 5 });
const listed = fc.record({ command: fc.constant("start"), description: fc.constant("№ 1") });

/** Everything that each text may be given. */
export const textSamples: { readonly [Key in TextKey]: fc.Arbitrary<TextParameters<Key>> } = {
  "command.start": nothing,
  "command.avatars": nothing,
  "command.cancel": nothing,
  welcome: nothing,
  menu: given({ avatars: count }),
  resume: given({ waiting, name: fc.option(name, { nil: undefined }) }),
  "kind.prompt": nothing,
  "gender.prompt": given({ kind }),
  "name.prompt": given(nameLimits),
  "name.invalid": given({
    problem: fc.constantFrom("too-short" as const, "too-long" as const, "control-character" as const),
    length: fc.nat(5000),
    ...nameLimits,
  }),
  "photos.prompt": given({ name, kind, price: fc.option(price, { nil: undefined }), ...photoCount }),
  "photos.status": given({
    name,
    checking: count,
    rejected: fc.array(rejected, { maxLength: 60, size: "max" }),
    moreRejected: count,
    ...photoCount,
  }),
  "photo.rejected": fc.tuple(rejected),
  "photos.full": given({ maximum: count, ever: fc.boolean(), enough: fc.boolean() }),
  "toast.checking": given({ checking: count }),
  "toast.missing": given({ missing: count, ...photoCount }),
  "toast.undone": given({ number: count }),
  "toast.nothing-to-undo": nothing,
  "confirm.prompt": given({
    name,
    kind,
    gender,
    photos: count,
    preset,
    minutes: fc.option(minutes, { nil: undefined }),
    hasModel: fc.boolean(),
    firstLook: fc.option(count, { nil: undefined }),
    ...payable,
  }),
  "credits.refused": unpaid,
  progress: given({
    name,
    phase,
    position: fc.option(count, { nil: undefined }),
    percent: fc.option(fc.double({ min: -10, max: 200, noNaN: true }), { nil: undefined }),
    remaining: fc.oneof(minutes, fc.constantFrom("overrun" as const, undefined)),
    previous: fc.boolean(),
  }),
  "progress.ended": given({
    name,
    outcome: fc.constantFrom("succeeded" as const, "failed" as const, "cancelled" as const),
  }),
  ready: given({ name, model: fc.constantFrom("stored" as const, "under-way" as const, "given-up" as const) }),
  unsaved: named,
  failed: given({ name, reason: fc.constantFrom(...failureReasons), hasModel: fc.boolean() }),
  unconfirmed: named,
  confirmed: named,
  "cancel.nothing": nothing,
  "cancel.wizard": nothing,
  "cancel.draft": named,
  "cancel.ask": named,
  "cancel.done": given({ name, hasModel: fc.boolean() }),
  "cancel.too-late": named,
  "cancel.unclear": named,
  "avatars.empty": nothing,
  "avatars.list": given({ avatars: count, page: count, pages: count }),
  "avatar.card": given({ name, kind, gender, status, main: fc.boolean(), removed: fc.boolean(), ...photoCount }),
  "avatars.full": given({ maximum: count }),
  "rename.prompt": given({ name, ...nameLimits }),
  renamed: named,
  "delete.ask": given({ name, training: fc.boolean(), ...parts }),
  deleted: given({ name, ...parts }),
  "toast.main": named,
  help: given({
    waiting,
    commands: fc.array(listed, { maxLength: 12 }),
    support: fc.option(fc.constant("@№1"), { nil: undefined }),
  }),
  hint: given({
    waiting,
    received: fc.constantFrom(...receivedKinds),
    album: fc.option(fc.constant(true as const), { nil: undefined }),
  }),
  "toast.old-button": nothing,
  "toast.training-active": nothing,
  "toast.kind-unavailable": nothing,
  trouble: nothing,
  "button.portrait": nothing,
  "button.style": nothing,
  "button.female": nothing,
  "button.male": nothing,
  "button.unspecified": nothing,
  "button.anyone": nothing,
  "button.resume": nothing,
  "button.restart": nothing,
  "button.create": nothing,
  "button.avatars": nothing,
  "button.language": nothing,
  "button.undo": nothing,
  "button.continue": nothing,
  "button.preset": given({ preset, chosen: fc.boolean() }),
  "button.train": nothing,
  "button.train-again": nothing,
  "button.more-photos": nothing,
  "button.cancel-training": nothing,
  "button.keep-training": nothing,
  "button.avatar": given({ name, status, main: fc.boolean() }),
  "button.progress": nothing,
  "button.main": nothing,
  "button.rename": nothing,
  "button.delete": nothing,
  "button.delete-draft": nothing,
  "button.delete-confirm": nothing,
  "button.keep": nothing,
  "button.previous": nothing,
  "button.next": nothing,
  "command.images": nothing,
  "images.none": given({ avatars: count }),
  "images.whose": nothing,
  "scenes.prompt": given({ name, page: count, pages: count, previous: fc.boolean() }),
  "words.prompt": given({ name, maximum: count }),
  "words.invalid": fc.tuple(
    fc.constantFrom<WordsProblem[]>(
      { reason: "empty" },
      { reason: "no-letters" },
      { reason: "too-long", length: 123_456, limit: 1_000 },
    ),
  ),
  "words.refused": nothing,
  "order.prompt": given({
    name,
    shown,
    ratio,
    count,
    ...payable,
    previous: fc.boolean(),
  }),
  "scene.gone": nothing,
  "credits.pictures": unpaid,
  "repeat.ask": given({ what: fc.constantFrom("again", "variation", "larger", "set"), price, ...cost }),
  drawing: given({ name, ready: count, count }),
  "drawing.cancelled": named,
  "pictures.done": given({ name, pictures: count, ...missing }),
  "pictures.failed": given({
    name,
    reason: fc.option(fc.constantFrom(...failureReasons), { nil: undefined }),
    ...missing,
  }),
  "first-look": named,
  "picture.caption": given({ place: fc.option(count, { nil: undefined }), ...missing }),
  "picture.card": given({ name, shown: fc.option(shown, { nil: undefined }) }),
  "picture.delete": nothing,
  "gallery.empty": given({ name: fc.option(name, { nil: undefined }) }),
  "cancel.words": nothing,
  "toast.no-model": given({ status }),
  "toast.model-elsewhere": nothing,
  "toast.too-many": given({
    limit: fc.constantFrom("at-once" as const, "per-day" as const),
    maximum: count,
    seconds: fc.integer({ min: 1, max: 86_400 }),
  }),
  "toast.spend-cap": given({ seconds: fc.integer({ min: 1, max: 86_400 }) }),
  "toast.paid-work-off": nothing,
  "not-allowed": nothing,
  "toast.too-large": nothing,
  "toast.no-favourites": nothing,
  "toast.still-coming": nothing,
  "toast.cannot-cancel": nothing,
  "toast.busy": nothing,
  "button.make-pictures": nothing,
  "button.gallery": nothing,
  "button.own-words": nothing,
  "button.all-scenes": nothing,
  "button.count": given({ count, chosen: fc.boolean() }),
  "button.draw": nothing,
  "button.other-scene": nothing,
  "button.cancel-drawing": nothing,
  "button.try-again": nothing,
  "button.again": nothing,
  "button.variation": nothing,
  "button.larger": nothing,
  "button.original": nothing,
  "button.show-prompt": nothing,
  "button.hide-prompt": nothing,
  "button.favourites": nothing,
  "button.all-pictures": nothing,
  "button.delete-picture": nothing,
  "button.keep-picture": nothing,
  "button.draw-it": nothing,
  "button.not-now": nothing,
  "command.help": nothing,
  "command.privacy": nothing,
  "command.terms": nothing,
  "command.settings": nothing,
  "consent.ask": given({
    about,
    statements,
    because: fc.constantFrom("never-given" as const, "withdrawn" as const, "outdated" as const),
    refused: fc.boolean(),
  }),
  "consent.given": given({ statements, at }),
  "toast.tick-all": given({ left: fc.integer({ min: 1, max: 5 }) }),
  "toast.new-wording": nothing,
  privacy: given({
    about,
    consent: fc.oneof(
      fc.record({ type: fc.constant("given" as const), at, statements }),
      fc.record({ type: fc.constant("missing" as const), withdrawn: fc.boolean() }),
      fc.record({ type: fc.constant("outdated" as const), at }),
      fc.constant({ type: "elsewhere" as const }),
    ),
  }),
  "export.caption": given({ part: count, of: count }),
  "export.too-large": given({ megabytes: count, support: optional("@1") }),
  "export.failed": nothing,
  "toast.export": nothing,
  "toast.export-again": given({ seconds: fc.integer({ min: 1, max: 86_400 }) }),
  "erase.ask": given({ credits: fc.boolean(), atService: fc.constantFrom("all", "part", "none") }),
  erased: given({
    photos: count,
    pictures: count,
    receiptId: fc.constant("№ 1"),
    atService: fc.constantFrom("all", "part", "none"),
    support: optional("@1"),
  }),
  leaving: given({ name, at }),
  "button.export": nothing,
  "button.erase": nothing,
  "button.erase-yes": nothing,
  "button.keep-everything": nothing,
  "withdraw.ask": given({ erasable: fc.boolean() }),
  "withdraw.done": given({ cancelled: count, left: count }),
  terms: given({ about }),
  settings: given({
    language: fc.constant("№ 1"),
    followed: fc.boolean(),
    pictures: fc.option(fc.constantFrom(1, 4), { nil: undefined }),
    progress: fc.boolean(),
  }),
  "button.agree": nothing,
  "button.privacy": nothing,
  "button.policy": nothing,
  "button.withdraw": nothing,
  "button.withdraw-keep": nothing,
  "button.keep-consent": nothing,
  "button.follow-telegram": given({ chosen: fc.boolean() }),
  "button.pictures": given({ count: fc.constantFrom(1, 4), chosen: fc.boolean() }),
  "button.show-progress": given({ chosen: fc.boolean() }),
  "button.only-result": given({ chosen: fc.boolean() }),
  "command.buy": nothing,
  "command.balance": nothing,
  "command.paysupport": nothing,
  "shop.prompt": given({
    terms,
    training: fc.option(price, { nil: undefined }),
    picture: fc.option(price, { nil: undefined }),
    larger: fc.option(price, { nil: undefined }),
  }),
  "shop.empty": nothing,
  "invoice.title": given({ credits }),
  "invoice.description": given({ credits, stars }),
  balance: given({ ...balance, sells: fc.boolean() }),
  paysupport: given({ support, terms, payments: fc.array(payment, { maxLength: 5 }) }),
  "refund.choose": nothing,
  "refund.asked": given({ stars, chargeId }),
  "payment.booked": given({
    stars,
    credits,
    again: fc.boolean(),
    balance: fc.option(fc.record(balance), { nil: undefined }),
  }),
  "payment.unassigned": given({ stars, chargeId, support }),
  "payment.refunded": given({ stars, credits, owed: fc.nat(1000) }),
  "button.package": given({ credits, stars }),
  "button.ask-refund": nothing,
  "button.refund-payment": given({ stars, at }),
  "toast.refund-none": nothing,
  "toast.checkout-gone": nothing,
  "toast.checkout-foreign": nothing,
  "toast.checkout-trouble": nothing,
};
