// The settings of what the extension offers in editors.
import { readFlag } from './reading';

/** Whether the light bulb offers to explain and fix problems. @throws SettingInvalid */
export function readOffersCodeActions(): boolean {
  return readFlag('editor.codeActions');
}
