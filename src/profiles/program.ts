// credential_process: a program that prints credentials.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
//
// Not the SDK's fromProcess(): that one can be neither stopped nor hurried, and tells the command line, which may
// hold a password, in place of what the program said.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isRecord, parseJson } from '../core/gateway/answer';
import { redact } from '../core/failures/redact';
import type { Problem } from '../core/failure';
import { home } from './files';
import { type Obtained, type Obtaining, failed } from './obtaining';
import type { Process } from './profile';

/** @throws ProfileFailed with what the program said on its way out. */
export async function runProgram(
  { profile, command }: Process,
  { signal, patience }: Pick<Obtaining, 'signal' | 'patience'>,
): Promise<Obtained> {
  const stop = (problem: Problem, facts: { subject?: string | undefined; message?: string } = {}) => {
    const { subject, message = '' } = facts;
    const said = redact(message.trim().replaceAll(command.trim(), '…'), secretsIn(command)).slice(-longest);
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
  const { code, killedBy, output, errors, late } = ran;
  if (late) throw stop('programTooSlow', { subject: String(Math.round(patience / 1000)), message: errors });
  if (killedBy) throw stop('programEnded', { subject: killedBy, message: errors });
  // What shells say of a command that they do not find, or may not run.
  if (code === 127 || code === 9009) throw stop('programMissing', { subject, message: errors });
  if (code === 126) throw stop('programNotStarted', { subject, message: errors });
  if (code !== 0) throw stop('programFailed', { subject: String(code), message: errors });

  const told = parseJson(output);
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

/** What shells quote of a line that they do not understand: all of it, or a value in it. */
function secretsIn(command: string): string[] {
  const values = [...command.matchAll(/=("[^"]*|'[^']*|[^\s"'|;&<>()]+)/g)].map(([, value = '']) => value);
  // Shorter ones are numbers and switches, which are part of other words.
  return values.map((value) => value.replace(/^["']/, '')).filter(({ length }) => length > 5);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Characters of what the program says, its end: the reason stands there. */
const longest = 600;
/** Characters that are read; credentials are a few hundred. */
const most = 1_000_000;

interface Ran {
  readonly code: number | null;
  readonly killedBy: string | null;
  readonly output: string;
  readonly errors: string;
  readonly late: boolean;
}

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
    let [output, errors, late] = ['', '', false];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if ((output += text).length > most) end(child);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-most)));
    const timer = setTimeout(() => {
      late = true;
      end(child);
    }, patience);
    const abort = () => {
      end(child);
      settle();
      reject(new Error('aborted'));
    };
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, killedBy) => {
      settle();
      resolve({ code, killedBy, output, errors, late });
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

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
