// Runs a credential_process: a program that prints credentials.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
//
// Not the SDK's fromProcess(): that cannot be stopped and has no timeout, and its errors quote the command line, which
// may hold a password, instead of the program's message.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isRecord, parseJson } from '../core/gateway/response';
import type { SettingProblem } from '../core/model/failureDetails';
import { maxForeignLength, sanitize } from '../core/failures/sanitize';
import { masked } from '../core/failures/secretForms';
import { home } from './files';
import {
  type ResolvedCredentials,
  type ResolveContext,
  failed,
  addSecrets,
  maxShownLength,
} from './resolveContext';
import type { Process } from './profile';

/** Runs the program of a profile. @throws ProfileFailed with the program's error output */
export async function runProgram(
  { profile, command }: Process,
  { signal, programTimeout, secrets }: Pick<ResolveContext, 'signal' | 'programTimeout' | 'secrets'>,
): Promise<ResolvedCredentials> {
  addSecrets(secrets, ...secretsIn(command));
  const failure = (
    problem: SettingProblem,
    details: { subject?: string | undefined; message?: string } = {},
  ) => {
    const { subject, message = '' } = details;
    // The end of the output, where the reason is. Without the command line, which shells quote.
    const end = message.trim().replaceAll(command.trim(), masked).slice(-maxForeignLength);
    const text = sanitize(end, [...secrets]).slice(-maxShownLength);
    return failed('credentialProcessFailed', profile, {
      problem,
      ...(subject !== undefined && { subject }),
      message: text,
    });
  };
  const subject = programIn(command);
  const result = await run(command, signal, programTimeout).catch((error: unknown) => {
    if (signal.aborted) throw error;
    // Not the error's message, which may quote the command.
    throw failure('programNotStarted', { subject, message: codeOf(error) });
  });
  const { code, killedBy, output, errors, endedBecause } = result;
  const parsed = parseJson(output);
  addSecrets(secrets, ...(isRecord(parsed) ? Object.values(parsed) : longWords(output)));
  if (endedBecause === 'late')
    throw failure('programTooSlow', { subject: String(Math.round(programTimeout / 1000)), message: errors });
  if (endedBecause === 'long') throw failure('outputNotJson', { message: errors });
  if (killedBy) throw failure('programEnded', { subject: killedBy, message: errors });
  // Exit codes of shells for a command that is not found, or not executable.
  if (code === 127 || code === 9009) throw failure('programMissing', { subject, message: errors });
  if (code === 126) throw failure('programNotStarted', { subject, message: errors });
  if (code !== 0) throw failure('programFailed', { subject: String(code), message: errors });

  // Never show the output itself: it may hold the keys.
  if (!isRecord(parsed)) throw failure('outputNotJson', { message: errors });
  const text = (name: string) =>
    typeof parsed[name] === 'string' && parsed[name] ? parsed[name] : undefined;
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
    text,
  );
  if (parsed['Version'] !== 1) throw failure('outputIncomplete', { subject: 'Version' });
  if (!accessKeyId) throw failure('outputIncomplete', { subject: 'AccessKeyId' });
  if (!secretAccessKey) throw failure('outputIncomplete', { subject: 'SecretAccessKey' });
  const until = text('Expiration');
  const expiration = until === undefined ? undefined : Date.parse(until);
  if (Number.isNaN(expiration)) throw failure('outputIncomplete', { subject: 'Expiration' });
  if (expiration !== undefined && expiration <= Date.now())
    throw failure('outputExpired', { subject: new Date(expiration).toISOString() });
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration !== undefined && { expiration }),
  };
}

/** Words of invalid output that may be keys: words of sentences are shorter. */
function longWords(output: string): string[] {
  return output.split(/\s+/, 1000).filter(({ length }) => length >= 16);
}

/** `NAME=value` before a program, as the shell reads it; without values that the shell would expand. */
const assignment = /[A-Za-z_]\w*=(?:"(?:\\[^]|[^"\\$`])*"|'[^']*'|\\[^]|[^\s"'\\|;&<>()$`])*\s+/.source;
const start = new RegExp(String.raw`^\s*(?:${assignment})*(?:"([^"]*)"|'([^']*)'|([^\s"'|;&<>()\x60]*))`);

/**
 * The program in a command line, without the assignments before it and its arguments: both may hold a password.
 * undefined if it cannot be determined.
 */
function programIn(command: string): string | undefined {
  const [, ...words] = start.exec(command) ?? [];
  const program = words.find(Boolean);
  return program?.includes('=') ? undefined : program;
}

/** Values in a command line: of variables, of options with `=`, and of options whose names suggest a secret. */
const secretValues =
  /(?:=|\s-{1,2}[\w-]{0,40}(?:passw|passphrase|pwd|secret|token|key|code|pin)[\w-]{0,40}\s+)("[^"]*|'[^']*|[^\s"'|;&<>()]+)/gi;

/** Values that shells and programs may quote in error messages. */
function secretsIn(command: string): string[] {
  const values = [...command.matchAll(secretValues)].map(([, value = '']) => value.replace(/^["']/, ''));
  // Shorter values are numbers and flags, which also occur in other words.
  return values.filter(({ length }) => length > 5);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The most characters of output that are read; credentials have a few hundred. */
const maxOutput = 1_000_000;
/** How long output is read after the program ended, ms, if another process keeps its pipes open. */
const grace = { failed: 500, done: 2000 };

interface ProcessResult {
  readonly code: number | null;
  readonly killedBy: string | null;
  readonly output: string;
  readonly errors: string;
  /** Why we ended it. */
  readonly endedBecause?: 'late' | 'long';
}

/**
 * Runs a command. Resolves when the program has ended and its output is read. Does not wait for processes that it
 * started and that outlive it (an agent, a shared connection), which may keep its pipes open for days, and does not end
 * those.
 */
function run(command: string, signal: AbortSignal, timeout: number): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    // Through the shell, as in every SDK. In its own process group, so that processes that the shell starts end with
    // it. Not in the workspace folder, where Windows would look for programs first.
    const child = spawn(command, {
      shell: true,
      detached: process.platform !== 'win32',
      windowsHide: true,
      cwd: existsSync(home()) ? home() : tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = child;
    let [output, errors] = ['', ''];
    let exit: { readonly code: number | null; readonly killedBy: string | null } | undefined;
    let reading: NodeJS.Timeout | undefined;

    const finish = (then: () => void) => {
      clearTimeout(timer);
      clearTimeout(reading);
      signal.removeEventListener('abort', abort);
      stdout.destroy();
      stderr.destroy();
      then();
    };
    const done = (endedBecause?: ProcessResult['endedBecause']) => {
      const { code = null, killedBy = null } = exit ?? {};
      finish(() => resolve({ code, killedBy, output, errors, ...(endedBecause && { endedBecause }) }));
    };
    const endBecause = (reason: ProcessResult['endedBecause']) => {
      if (!exit) terminate(child);
      done(reason);
    };
    const abort = () => {
      if (!exit) terminate(child);
      finish(() => reject(new Error('aborted')));
    };
    const timer = setTimeout(() => endBecause('late'), timeout);

    stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > maxOutput) endBecause('long');
      else if (exit && isWhole(output)) done();
    });
    stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-maxOutput)));
    // Ignore broken pipes.
    for (const pipe of [stdout, stderr]) pipe.on('error', () => undefined);
    child.on('error', (error) => finish(() => reject(error)));
    child.once('exit', (code, killedBy) => {
      exit = { code, killedBy };
      if (code === 0 && isWhole(output)) done();
      else reading = setTimeout(done, code === 0 ? grace.done : grace.failed);
    });
    child.once('close', () => done());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** Whether the JSON is complete; it may arrive in several pieces. */
const isWhole = (output: string) => output.trimEnd().endsWith('}') && isRecord(parseJson(output));

/** Ends a program and all processes that it started. */
function terminate({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }).on('error', () => undefined);
    return;
  }
  kill(pid, 'SIGTERM');
  setTimeout(() => kill(pid, 'SIGKILL'), 2000).unref();
}

function kill(pid: number, by: NodeJS.Signals): void {
  try {
    process.kill(-pid, by);
  } catch {
    // It has already ended.
  }
}
