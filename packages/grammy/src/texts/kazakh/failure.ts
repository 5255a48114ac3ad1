import type { FailureReason } from "@likeness/core";

const again = "Аватар мен фотосуреттер сақталды. Сол фотосуреттермен оқытуды қайта бастауға болады.";

/** After the name: what happened, that nothing is lost, what to do next. */
export const failures = {
  rejected: { happened: "Оқыту сервисі сұрауды қабылдамады, сондықтан оқыту жүргізілмеді.", next: again },
  submit_unknown: { happened: "Оқыту сервисі сұрауды растамады, оқытудың ізі де табылмады.", next: again },
  provider_unavailable: {
    happened: "Оқыту басталмады: сервис тым ұзақ уақыт қолжетімсіз болды.",
    next: again,
  },
  provider_error: { happened: "Оқыту сервисіндегі қатеден оқыту тоқтап қалды.", next: again },
  provider_timeout: { happened: "Оқыту тым ұзаққа созылып, тоқтатылды.", next: again },
  result_lost: { happened: "Оқыту аяқталды, бірақ нәтижесін алу мүмкін болмады.", next: again },
  photos_missing: {
    happened: "Оқыту басталмады: бір фотосурет қоймада табылмады.",
    next: "Аватар мен қалған фотосуреттер сақталды. Оқытуды қайта бастап көріңіз. Тағы болмаса, жаңа аватар жасап, фотосуреттерді соған жіберіңіз.",
  },
  content_blocked: {
    happened:
      "Оқыту сервисінің қауіпсіздік ережелері бұл фотосуреттерге рұқсат бермейді, сондықтан оқыту жүргізілмеді.",
    next: "Аватар мен фотосуреттер сақталды. Сәйкес келмеуі мүмкін фотосуреттерді ауыстырып, оқытуды қайта бастаңыз.",
  },
  input_gone: { happened: "Оқыту сервисі жіберілген фотосуреттерді оқи алмады.", next: again },
} as const satisfies Record<FailureReason, { readonly happened: string; readonly next: string }>;
