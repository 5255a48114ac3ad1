/** Whether an order was placed for its owner when a training ended. It costs nothing, and is told with the training. */
export const isFirstLook = ({ key }: { readonly key: string }): boolean => key.includes(":first-look:");
