// The settings of the reply panel.
import { readFlag } from './reading';

/** Whether a notification says that a reply ended out of sight. @throws SettingInvalid */
export function readNotifiesReply(): boolean {
  return readFlag('reply.notify');
}
