/**
 * The commands as functions of the ports that each needs, for programs that do not compose a whole `Likeness`. Those that
 * erase take `orderProviders(provider)`.
 */
export { addPhoto } from "./photos/add-photo.ts";
export { adoptLateResult } from "./trainings/adopt-late-result.ts";
export { cancelOrder } from "./orders/cancel-order.ts";
export { cancelTraining } from "./trainings/cancel-training.ts";
export { copyAgain } from "./orders/copy-again.ts";
export { createAvatar } from "./avatars/create-avatar.ts";
export { endUnsubmitted } from "./orders/end-unsubmitted.ts";
export { eraseAvatar } from "./avatars/erase-avatar.ts";
export { giveConsent } from "./owners/give-consent.ts";
export { eraseOwner } from "./owners/erasure/erase-owner.ts";
export { listAvatars } from "./avatars/view-avatars.ts";
export { noteChannelFile, openPicture } from "./images/gallery.ts";
export { changeSettings, readSettings } from "./owners/settings.ts";
export { noteSeen } from "./owners/sign-of-life.ts";
export { audited } from "./operator/audited.ts";
export { operatorCommands } from "./operator/operator-commands.ts";
export { orderProviders } from "./orders/order-providers.ts";
export { placeOrder } from "./orders/place-order.ts";
export { admitWebhook, receiveWebhook } from "./webhooks/receive-webhook.ts";
export { removePhoto } from "./photos/remove-photo.ts";
export { renameAvatar } from "./avatars/rename-avatar.ts";
export { resendMissed } from "./messages/resend-missed.ts";
export { setMainAvatar } from "./avatars/set-main-avatar.ts";
export { startTraining } from "./trainings/start-training.ts";
export { submitPhoto } from "./photos/submit-photo.ts";
export { viewConsent } from "./owners/view-consent.ts";
export { withdrawConsent } from "./owners/withdraw-consent.ts";
export { readAccount, trustAccount } from "./operator/trust-account.ts";
export { turnPaidWork } from "./guards/paid-work.ts";
export { viewAvatar } from "./avatars/view-avatars.ts";
