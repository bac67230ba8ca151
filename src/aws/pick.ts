// Lets the user pick a profile from ~/.aws, or enter a name.
import { type QuickPickItem, QuickPickItemKind, l10n } from 'vscode';
import { type StepResult, type ChoiceOptions, type Position, askChoice } from '../ui/quickInput';
import { labelText } from '../util/plainText';
import { type Files, shortPath } from './files';
import { type Profile, incompleteIn } from './profile';
import { findProfile } from './readProfile';
import { describeKind, describeUnusedSources, describeProblem } from './strings';

/** `store` saves the chosen profile. */
export function pickProfile(
  position: Position,
  files: Files,
  current: string,
  store: (profile: string) => Promise<void>,
): Promise<StepResult<string>> {
  const names = [...files.profiles.keys()];
  const { config, credentials } = files.paths;
  const missing = !files.profiles.has(current) && names.length > 0;
  return askChoice<string>(position, {
    placeHolder: l10n.t('Choose a profile from ~/.aws, or type its name'),
    active: current,
    choices: [
      ...(missing
        ? [heading(l10n.t('The profile “{0}” doesn’t exist. Available profiles:', labelText(current)))]
        : []),
      ...names.map((name) => row(name, files, current)),
      ...(names.length > 0
        ? []
        : [
            {
              label: l10n.t('No profiles found'),
              detail: l10n.t(
                'Searched {0} and {1}. To create a profile, run “aws configure sso” or “aws configure”.',
                shortPath(config),
                shortPath(credentials),
              ),
            },
          ]),
    ],
    typed: (text) =>
      names.some((name) => name.toLowerCase().includes(text.toLowerCase()))
        ? undefined
        : {
            label: l10n.t('Use {0}', labelText(text)),
            description: l10n.t('not in ~/.aws yet'),
            value: text,
            alwaysShow: true,
          },
    store,
  });
}

function heading(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function row(name: string, files: Files, current: string): ChoiceOptions<string> {
  const profile = findProfile(name, files);
  const incomplete = profile && incompleteIn(profile);
  const icon = name === current ? '$(check)' : incomplete ? '$(warning)' : '$(blank)';
  const label = `${icon} ${labelText(name)}`;
  if (!profile || !incomplete)
    return { label, description: profile ? labelText(describeSources(profile)) : '', value: name };
  const problem = describeProblem(incomplete.problem, incomplete.subject);
  return {
    label,
    description: labelText(describeSources(incomplete)),
    detail: labelText(
      incomplete.profile === name ? problem : l10n.t('“{0}”: {1}', incomplete.profile, problem),
      300,
    ),
    value: name,
  };
}

/** The source that a profile uses, and those that it does not use. */
function describeSources(profile: Profile): string {
  const { unusedSources } = profile;
  return unusedSources.length === 0
    ? describeKind(profile)
    : l10n.t('{0}; not used: {1}', describeKind(profile), describeUnusedSources(unusedSources));
}
