/** Ada, who plays in the rehearsal, has this id. */
export const peopleSettings = { ALLOWED_USERS: "42" };
