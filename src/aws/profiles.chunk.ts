// The chunk for profiles, loaded when one is used or picked. It contains the SDK's credential providers, and the
// dialogs.
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
