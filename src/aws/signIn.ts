// Signs in to AWS with the AWS CLI: types its command into a terminal, for the user to run.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { Position, Selection, type Terminal, Uri, env, l10n, window } from 'vscode';
import type { FailureKind } from '../core/model/failure';
import { showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import { type AwsFilePaths, readFiles } from './files';
import type { AwsFile, FailureDetails } from '../core/model/failureDetails';
import { commandLine, shellName } from './shellQuote';

/** Opens a terminal on the machine that has ~/.aws, with the sign-in command typed but not run. */
export async function openSignIn(kind: FailureKind, { profile = 'default' }: FailureDetails): Promise<void> {
  const command = ['aws', ...(kind === 'loginExpired' ? ['login'] : ['sso', 'login'])].join(' ');
  const line = commandLine(command, profile, process.platform, env.shell);
  if (line === undefined) {
    const shell = shellName(env.shell);
    void showWarningMessage(
      l10n.t(
        'The AWS profile name “{0}” can’t be typed safely in {1}. Rename the profile, or sign in from another shell: {2}',
        plainText(profile),
        plainText(shell),
        plainText(commandLine(command, profile, 'linux', 'bash') ?? command, 300),
      ),
    );
    return;
  }
  const terminal = window.createTerminal({
    name: l10n.t('Sign In to AWS'),
    // In a remote window a terminal opens on the remote machine, unless its folder is a URI of the local one.
    cwd: Uri.file(homedir()),
  });
  terminal.show();
  await promptShown(terminal);
  terminal.sendText(line, false);
}

/** ms; not every shell reports its prompt. Text sent before the prompt appears is shown twice, but works. */
const promptTimeout = 2000;

/** Resolves when the shell of a new terminal shows its prompt, or after a timeout. */
function promptShown(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, promptTimeout);
    const listener = window.onDidChangeTerminalShellIntegration((change) => {
      if (change.terminal === terminal) done();
    });
  });
}

/** Shows the section of a profile in the file that the details name, else in the file that has it. */
export async function openConfig({ file, profile = '' }: FailureDetails): Promise<void> {
  const { paths, profiles } = await readFiles();
  const { inFile } = profiles.get(profile) ?? {};
  const fileToShow = file ?? (inFile?.config || !inFile?.credentials ? existing(paths) : 'credentials');
  const line = inFile?.[fileToShow]?.line;
  const at = line === undefined ? undefined : new Position(line - 1, 0);
  await window.showTextDocument(
    Uri.file(paths[fileToShow]),
    at && { selection: new Selection(at, at), preview: false },
  );
}

/** The config file, where profiles are set up; the credentials file if only that exists. */
function existing({ config, credentials }: AwsFilePaths): AwsFile {
  return existsSync(config) || !existsSync(credentials) ? 'config' : 'credentials';
}
