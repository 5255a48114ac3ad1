import type { FailureReason } from "@likeness/core";

const again = "Аватар и фотографии сохранены. Можно запустить обучение ещё раз с теми же фотографиями.";

/** After the name: what happened, that nothing is lost, what to do next. */
export const failures = {
  rejected: {
    happened: "Сервис обучения отклонил запрос, поэтому обучение не проводилось.",
    next: again,
  },
  submit_unknown: {
    happened: "Сервис обучения так и не подтвердил запрос, и никаких следов обучения нет.",
    next: again,
  },
  provider_unavailable: {
    happened: "Обучение не удалось начать: сервис слишком долго был недоступен или перегружен.",
    next: again,
  },
  provider_error: {
    happened: "Обучение прервалось из-за ошибки в сервисе обучения.",
    next: again,
  },
  provider_timeout: {
    happened: "Обучение шло слишком долго и было остановлено.",
    next: again,
  },
  result_lost: {
    happened: "Обучение закончилось, но получить его результат не удалось.",
    next: again,
  },
  photos_missing: {
    happened: "Обучение не удалось начать: одна из фотографий пропала из хранилища.",
    next: "Аватар и остальные фотографии сохранены. Можно запустить обучение ещё раз. Если снова не получится, создайте новый аватар и отправьте фотографии туда.",
  },
  content_blocked: {
    happened: "Правила безопасности сервиса обучения не допускают этих фотографий, поэтому обучение не проводилось.",
    next: "Аватар и фотографии сохранены. Замените фотографии, которые могли не подойти, и запустите обучение ещё раз.",
  },
  input_gone: {
    happened: "Сервис обучения не смог прочитать отправленные ему фотографии.",
    next: again,
  },
} as const satisfies Record<FailureReason, { readonly happened: string; readonly next: string }>;
