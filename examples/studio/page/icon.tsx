/** Line drawings in the colour of the text around them. Always beside words, or on a button with a label. */
const paths = {
  send: "M4 12 20 4l-5 16-3.500-6.500z M11.500 13.500 20 4",
  attach:
    "M20 11.500 12 19.500a5 5 0 0 1-7-7l8.500-8.500a3.500 3.500 0 0 1 5 5L10 17.500a1.800 1.800 0 0 1-2.500-2.500l7.500-7.500",
  commands: "M14.500 4 9.500 20",
  picture: "M4 5h16v14H4z M4 16l5-5 4 4 2.500-2.500L20 16 M15.500 9h.01",
  file: "M6 3h8l4 4v14H6z M14 3v4h4",
  album: "M8 4h12v12H8z M4 8v12h12",
  more: "M12 5.500h.01 M12 12h.01 M12 18.500h.01",
  close: "M6 6l12 12 M18 6 6 18",
  down: "M12 5v14 M6 13l6 6 6-6",
} as const;

export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
);
