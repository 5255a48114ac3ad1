/// <reference lib="es2024.arraybuffer" />

/**
 * Frees bytes that are not read any more. Left to the collector of garbage, the pixels of every third or fourth photo made
 * it go over all that the program holds.
 */
export function release({ buffer }: ArrayBufferView): void {
  if ("transfer" in buffer) buffer.transfer(0);
}
