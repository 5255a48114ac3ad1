export interface EmptyChatProps {
  readonly botName: string;
  readonly onStart: () => void;
}

export const EmptyChat = ({ botName, onStart }: EmptyChatProps) => (
  <section class="empty">
    <h3>Train an avatar from photos, then make pictures</h3>
    <p>
      This is a chat with {botName}, the reference bot, as a person sees it in Telegram. The bot is the real one;
      Telegram and fal are emulated on this machine, so nothing is sent anywhere and nothing costs money.
    </p>
    <button type="button" class="main" onClick={onStart}>
      Start
    </button>
    <ol>
      <li>Press Start and create an avatar: its type, a gender, a name.</li>
      <li>Send photos: your own, or the sample album with good and bad ones.</li>
      <li>See which were accepted, confirm, and watch the training advance.</li>
      <li>Get a first look, and make pictures: a scene or your own words.</li>
    </ol>
  </section>
);
