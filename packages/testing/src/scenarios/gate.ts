/** Something that waits until it is let through. */
export interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

export function openGate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}
