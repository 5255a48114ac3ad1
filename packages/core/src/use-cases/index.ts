/** The commands as functions of the ports that each needs, for programs that do not compose a whole `Likeness`. */
export { addPhoto } from "./add-photo.ts";
export { admitWebhook } from "./admit-webhook.ts";
export { adoptLateResult } from "./adopt-late-result.ts";
export { cancelTraining } from "./cancel-training.ts";
export { copyModelAgain } from "./copy-model-again.ts";
export { createAvatar } from "./create-avatar.ts";
export { eraseAvatar } from "./erase-avatar.ts";
export { listAvatars } from "./list-avatars.ts";
export { receiveWebhook } from "./receive-webhook.ts";
export { removePhoto } from "./remove-photo.ts";
export { renameAvatar } from "./rename-avatar.ts";
export { resendMissed } from "./resend-missed.ts";
export { setMainAvatar } from "./set-main-avatar.ts";
export { startTraining } from "./start-training.ts";
export { submitPhoto } from "./submit-photo.ts";
export { viewAvatar } from "./view-avatar.ts";
