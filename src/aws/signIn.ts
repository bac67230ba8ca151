// Signing in at AWS is the AWS CLI's: its command stands in a terminal, typed, for the user to run.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { Position, Selection, type Terminal, Uri, env, l10n, window } from 'vscode';
import type { FailureKind } from '../core/model/failure';
import { showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import { type Where, readFiles } from './files';
import type { AwsFile, FailureDetails } from '../core/model/failureDetails';
import { commandLine, shellName } from './shellQuote';

/** Opens a terminal on the machine whose ~/.aws is read, with the command that signs in typed and not run. */
export async function openSignIn(kind: FailureKind, { profile = 'default' }: FailureDetails): Promise<void> {
  const command = ['aws', ...(kind === 'loginExpired' ? ['login'] : ['sso', 'login'])].join(' ');
  const line = commandLine(command, profile, process.platform, env.shell);
  if (line === undefined) {
    const shell = shellName(env.shell);
    void showWarningMessage(
      l10n.t(
        'The name of the AWS profile “{0}” cannot be typed safely at the prompt of {1}. Rename the profile, or sign in from another shell: {2}',
        plainText(profile),
        plainText(shell),
        plainText(commandLine(command, profile, 'linux', 'bash') ?? command, 300),
      ),
    );
    return;
  }
  const terminal = window.createTerminal({
    name: l10n.t('Sign In to AWS'),
    // In a remote window a terminal opens on the remote machine, unless its folder is an address of this one.
    cwd: Uri.file(homedir()),
  });
  terminal.show();
  await promptShown(terminal);
  terminal.sendText(line, false);
}

/** ms; not every shell tells. What is typed before its prompt stands there twice, and works. */
const longestStart = 2000;

/** Resolves when the shell of a new terminal waits for a command, or has had its time. */
function promptShown(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, longestStart);
    const listening = window.onDidChangeTerminalShellIntegration((change) => {
      if (change.terminal === terminal) done();
    });
  });
}

/** Shows the section of a profile in the file that `facts` name; else in the one that has it. */
export async function openConfig({ file, profile = '' }: FailureDetails): Promise<void> {
  const { where, profiles } = await readFiles();
  const { inFile } = profiles.get(profile) ?? {};
  const shown = file ?? (inFile?.config || !inFile?.credentials ? existing(where) : 'credentials');
  const line = inFile?.[shown]?.line;
  const at = line === undefined ? undefined : new Position(line - 1, 0);
  await window.showTextDocument(
    Uri.file(where[shown]),
    at && { selection: new Selection(at, at), preview: false },
  );
}

/** The config file, where profiles are set up; the other, if that is the only one. */
function existing({ config, credentials }: Where): AwsFile {
  return existsSync(config) || !existsSync(credentials) ? 'config' : 'credentials';
}
