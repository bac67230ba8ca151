// The chunk of profiles: loaded when one is used or picked. What the SDK signs in with is in it, and the dialogs.
import type { Log } from '../core/model/ports';
import { askMfaCode } from './mfa';
import { type ProfileStore, openProfileStore } from './profileStore';
import { pickProfile } from './pick';
import { openConfig, openSignIn } from './signIn';

export { openConfig, openSignIn, pickProfile };
export type { ProfileStore };

export function openAwsProfiles(log: Log): ProfileStore {
  return openProfileStore({ askCode: askMfaCode, log });
}
