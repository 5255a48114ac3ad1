import type { ComponentChildren } from "preact";

/** Telegram shows its own icon for a Star, and a machine without a font of emoji shows none. */
export const withStars = (text: string): ComponentChildren =>
  text.split("⭐").map((part, index) => (
    <>
      {index > 0 && <Star />}
      {part}
    </>
  ));

const Star = () => (
  <svg class="star" viewBox="0 0 24 24" role="img" aria-label="⭐">
    <path d="M12 2.500l2.900 6.300 6.800.8-5 4.700 1.300 6.800-6-3.400-6 3.400 1.300-6.800-5-4.700 6.800-.8z" />
  </svg>
);
