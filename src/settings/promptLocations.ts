// VS Code's setting for the folders of prompt files.
// https://code.visualstudio.com/docs/copilot/customization/prompt-files
import { workspace } from 'vscode';
import { isRecord } from '../core/gateway/response';

export interface PromptLocations {
  /** Relative to each workspace folder. */
  readonly inWorkspace: readonly string[];
  /** Absolute, or in the home directory: "~/…". Only the user's own settings can name one. */
  readonly ofUser: readonly string[];
}

/** VS Code's default. Not every edition of VS Code has the setting. */
const defaultLocations = { '.github/prompts': true };

/** The locations that are switched on. Entries with invalid values and patterns are ignored. */
export function readPromptLocations(): PromptLocations {
  const { globalValue, workspaceValue } =
    workspace.getConfiguration('chat').inspect<unknown>('promptFilesLocations') ?? {};
  const own = isRecord(globalValue) ? globalValue : {};
  const merged = { ...defaultLocations, ...own, ...(isRecord(workspaceValue) ? workspaceValue : {}) };
  const enabled = (locations: object) =>
    Object.entries(locations).flatMap(([location, value]) =>
      value === true && location.trim() && !location.includes('*') ? [location.trim()] : [],
    );
  return {
    inWorkspace: enabled(merged).filter((location) => !isAbsolute(location)),
    ofUser: enabled(own).filter(isAbsolute),
  };
}

function isAbsolute(location: string): boolean {
  return /^(?:~[\\/]|[\\/]|[A-Za-z]:[\\/])/.test(location);
}
