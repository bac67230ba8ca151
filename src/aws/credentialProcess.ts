// credential_process: a program that prints credentials.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
//
// Not the SDK's fromProcess(): that one can be neither stopped nor hurried, and tells the command line, which may
// hold a password, in place of what the program said.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isRecord, parseJson } from '../core/gateway/response';
import type { SettingProblem } from '../core/model/failureDetails';
import { maxForeignLength, sanitize } from '../core/failures/sanitize';
import { masked } from '../core/failures/secretForms';
import { home } from './files';
import { type ResolvedCredentials, type ResolveContext, failed, note, shownLength } from './resolveContext';
import type { Process } from './profile';

/** @throws ProfileFailed with what the program said on its way out. */
export async function runProgram(
  { profile, command }: Process,
  { signal, patience, secrets }: Pick<ResolveContext, 'signal' | 'patience' | 'secrets'>,
): Promise<ResolvedCredentials> {
  note(secrets, ...secretsIn(command));
  const stop = (problem: SettingProblem, facts: { subject?: string | undefined; message?: string } = {}) => {
    const { subject, message = '' } = facts;
    // The end of it: the reason stands there. Not the whole line, which shells quote.
    const end = message.trim().replaceAll(command.trim(), masked).slice(-maxForeignLength);
    const said = sanitize(end, [...secrets]).slice(-shownLength);
    return failed('credentialProcessFailed', profile, {
      problem,
      ...(subject !== undefined && { subject }),
      message: said,
    });
  };
  const subject = programIn(command);
  const ran = await run(command, signal, patience).catch((error: unknown) => {
    if (signal.aborted) throw error;
    // Not its sentence, which may quote the command.
    throw stop('programNotStarted', { subject, message: codeOf(error) });
  });
  const { code, killedBy, output, errors, cut } = ran;
  const told = parseJson(output);
  note(secrets, ...(isRecord(told) ? Object.values(told) : longWords(output)));
  if (cut === 'late')
    throw stop('programTooSlow', { subject: String(Math.round(patience / 1000)), message: errors });
  if (cut === 'long') throw stop('outputNotJson', { message: errors });
  if (killedBy) throw stop('programEnded', { subject: killedBy, message: errors });
  // What shells say of a command that they do not find, or may not run.
  if (code === 127 || code === 9009) throw stop('programMissing', { subject, message: errors });
  if (code === 126) throw stop('programNotStarted', { subject, message: errors });
  if (code !== 0) throw stop('programFailed', { subject: String(code), message: errors });

  // Never the output itself: it may hold the keys.
  if (!isRecord(told)) throw stop('outputNotJson', { message: errors });
  const text = (name: string) => (typeof told[name] === 'string' && told[name] ? told[name] : undefined);
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
    text,
  );
  if (told['Version'] !== 1) throw stop('outputIncomplete', { subject: 'Version' });
  if (!accessKeyId) throw stop('outputIncomplete', { subject: 'AccessKeyId' });
  if (!secretAccessKey) throw stop('outputIncomplete', { subject: 'SecretAccessKey' });
  const until = text('Expiration');
  const expiration = until === undefined ? undefined : Date.parse(until);
  if (Number.isNaN(expiration)) throw stop('outputIncomplete', { subject: 'Expiration' });
  if (expiration !== undefined && expiration <= Date.now())
    throw stop('outputExpired', { subject: new Date(expiration).toISOString() });
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration !== undefined && { expiration }),
  };
}

/** Of what is no JSON: no word of a sentence is as long, and a key is. */
function longWords(output: string): string[] {
  return output.split(/\s+/, 1000).filter(({ length }) => length >= 16);
}

/** `NAME=value` before a program, as the shell reads it; not a value that the shell is yet to work out. */
const assignment = /[A-Za-z_]\w*=(?:"(?:\\[^]|[^"\\$`])*"|'[^']*'|\\[^]|[^\s"'\\|;&<>()$`])*\s+/.source;
const start = new RegExp(String.raw`^\s*(?:${assignment})*(?:"([^"]*)"|'([^']*)'|([^\s"'|;&<>()\x60]*))`);

/**
 * The program that a command line names, without what stands before it and what it is given: both may hold a
 * password. undefined where that cannot be told.
 */
function programIn(command: string): string | undefined {
  const [, ...words] = start.exec(command) ?? [];
  const program = words.find(Boolean);
  return program?.includes('=') ? undefined : program;
}

/** Values that a command line gives: of a variable, of an option after `=`, and of one whose name says that it is secret. */
const given =
  /(?:=|\s-{1,2}[\w-]{0,40}(?:passw|passphrase|pwd|secret|token|key|code|pin)[\w-]{0,40}\s+)("[^"]*|'[^']*|[^\s"'|;&<>()]+)/gi;

/** What shells, and programs, quote of a line that they do not understand. */
function secretsIn(command: string): string[] {
  const values = [...command.matchAll(given)].map(([, value = '']) => value.replace(/^["']/, ''));
  // Shorter ones are numbers and switches, which are part of other words.
  return values.filter(({ length }) => length > 5);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Characters that are read of what a program prints; credentials are a few hundred. */
const most = 1_000_000;
/** ms in which what a program printed is read once it has ended, where another holds its pipes open. */
const grace = { failed: 500, done: 2000 };

interface Ran {
  readonly code: number | null;
  readonly killedBy: string | null;
  readonly output: string;
  readonly errors: string;
  /** Why it was ended. */
  readonly cut?: 'late' | 'long';
}

/**
 * Resolves when the program has ended and all is read; not when those have ended that it started, to go on after it
 * (an agent, a connection that is shared): they may hold its pipes open for days. These are left alone then.
 */
function run(command: string, signal: AbortSignal, patience: number): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // Through the shell as every SDK does. A group of its own, so that what the shell starts ends with it; not in
    // whatever folder is open, where Windows would look for programs first.
    const child = spawn(command, {
      shell: true,
      detached: process.platform !== 'win32',
      windowsHide: true,
      cwd: existsSync(home()) ? home() : tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = child;
    let [output, errors] = ['', ''];
    let ended: { readonly code: number | null; readonly killedBy: string | null } | undefined;
    let reading: NodeJS.Timeout | undefined;

    const settle = (then: () => void) => {
      clearTimeout(timer);
      clearTimeout(reading);
      signal.removeEventListener('abort', abort);
      stdout.destroy();
      stderr.destroy();
      then();
    };
    const done = (cut?: Ran['cut']) => {
      const { code = null, killedBy = null } = ended ?? {};
      settle(() => resolve({ code, killedBy, output, errors, ...(cut && { cut }) }));
    };
    const endFor = (cut: Ran['cut']) => {
      if (!ended) end(child);
      done(cut);
    };
    const abort = () => {
      if (!ended) end(child);
      settle(() => reject(new Error('aborted')));
    };
    const timer = setTimeout(() => endFor('late'), patience);

    stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > most) endFor('long');
      else if (ended && isWhole(output)) done();
    });
    stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-most)));
    // A pipe that breaks has nothing more to tell.
    for (const pipe of [stdout, stderr]) pipe.on('error', () => undefined);
    child.on('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, killedBy) => {
      ended = { code, killedBy };
      if (code === 0 && isWhole(output)) done();
      else reading = setTimeout(done, code === 0 ? grace.done : grace.failed);
    });
    child.once('close', () => done());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** Whether JSON is complete, which may come in several pieces. */
const isWhole = (output: string) => output.trimEnd().endsWith('}') && isRecord(parseJson(output));

/** Ends a program and all that it started. */
function end({ pid }: ChildProcess): void {
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
    // It has ended by itself.
  }
}
