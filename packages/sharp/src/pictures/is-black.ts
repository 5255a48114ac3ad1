/** Of the luminance, 0 to 255. */
export interface Light {
  readonly mean: number;
  readonly deviation: number;
}

const darkest = 3;

/** What a provider sends instead of a picture that it blocked; a night sky with stars deviates more. */
export const isBlack = ({ mean, deviation }: Light): boolean => mean < darkest && deviation < darkest;
