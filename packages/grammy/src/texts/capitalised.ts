/** A word or words as a label begins. */
export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
