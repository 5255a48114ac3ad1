export const peopleSettings = { PRIVACY_URL: "https://bot.example/privacy" };
