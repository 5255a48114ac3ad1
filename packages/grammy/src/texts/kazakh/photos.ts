import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import type { PhotoTexts } from "../text-parts.ts";
import type { PhotoCount } from "../texts.ts";
import { photoReason } from "./photo-reason.ts";
import { number, range } from "./formats.ts";
import { counted, photos, priced } from "./words.ts";

const { bold } = FormattedString;

const photoAdvice = {
  portrait: [
    "Жақсы фотосуретте бір адамның беті анық әрі жарық көрінеді; қыры, орны және жарығы әртүрлі болсын.",
    "Қара көзілдірік, маска, күшті сүзгі және топпен түскен суреттер керек емес.",
  ],
  style: [
    "Жақсы суреттер бір-біріне үйлеседі: техникасы, түсі және көңіл күйі бірдей, ал бейнелегені әртүрлі.",
    "Жиектеме, жазу және су белгілері болмасын.",
  ],
} as const;

const verdict = ({ accepted, minimum, maximum }: PhotoCount): string => {
  if (accepted < minimum) return `Тағы керегі: ${photos(minimum - accepted)}.`;
  if (accepted < maximum) return "Жеткілікті. Тағы жіберуге немесе жалғастыруға болады.";
  return "Жинақ толды. Жалғастыруға болады.";
};

export const kazakhPhotos = {
  "photos.prompt": ({ name, kind, accepted, minimum, maximum, price }) =>
    accepted >= maximum
      ? lines(
          fmt`Жинақ толды: ${bold(name)} аватарында ${photos(accepted)} бар, ең көбі – ${number(maximum)}.`,
          "Оқытуға өтіңіз немесе соңғы фотосуретті жойып, орнына басқасын жіберіңіз.",
        )
      : lines(
          fmt`Енді ${bold(name)} аватары үшін ${range(minimum, maximum)} фотосурет жіберіңіз.`,
          accepted > 0 ? `Әзірге қабылданғаны: ${number(accepted)}.` : undefined,
          price && `Кейін оқытудың бағасы: ${priced(price)}.`,
          "",
          ...photoAdvice[kind],
          "",
          "Бір-бірден, альбоммен немесе файлмен (JPEG, PNG немесе WebP) жіберіңіз, әрқайсысы 20 МБ дейін. Файлмен жіберсеңіз, сапасы толық сақталады.",
        ),
  "photos.status": ({ name, accepted, minimum, maximum, checking, rejected, moreRejected }) => {
    const notAccepted = rejected.length + moreRejected;
    return lines(
      bold(name),
      `Қабылданды: ${counted({ accepted, minimum, maximum })}`,
      checking > 0 ? `Тексеріліп жатыр: ${number(checking)}` : undefined,
      notAccepted > 0 ? `Қабылданбады: ${number(notAccepted)}. Себебі жауаптарда жазылған.` : undefined,
      "",
      verdict({ accepted, minimum, maximum }),
    );
  },
  "photo.rejected": ({ rejection }) => `Бұл фотосурет қабылданбады. ${photoReason(rejection)}`,
  "photos.full": ({ maximum, ever, enough }) =>
    ever
      ? `Бұл аватарға қабылданбағандарын қосқанда ${photos(maximum)} жібердіңіз, одан артық сыймайды. ${enough ? "Барымен жалғастырыңыз немесе жаңа аватар жасаңыз." : "Жаңа аватар жасаңыз."}`
      : `Басқа орын жоқ: ең көбі ${photos(maximum)}. Соңғысын ауыстыру үшін жойыңыз немесе жалғастырыңыз.`,
  "toast.checking": ({ checking }) => `Күте тұрыңыз… Тексеріліп жатыр: ${photos(checking)}.`,
  "toast.missing": ({ missing, accepted, minimum }) =>
    `Тағы ${photos(missing)} жіберіңіз: қабылданғаны – ${number(accepted)}, кемінде ${number(minimum)} керек.`,
  "toast.undone": () => "Соңғы фотосурет жойылды.",
  "toast.nothing-to-undo": () => "Жоятын фотосурет жоқ.",
} satisfies PhotoTexts;
