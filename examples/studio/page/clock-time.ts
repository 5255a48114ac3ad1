const minutes = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const days = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const clockTime = (milliseconds: number): string => minutes.format(milliseconds);
export const exactTime = (milliseconds: number): string => seconds.format(milliseconds);
export const dayOf = (milliseconds: number): string =>
  new Date(milliseconds).toDateString() === new Date().toDateString() ? "Today" : days.format(milliseconds);
