// The log channel. Each entry is one line, so that names and messages from outside cannot forge entries.
import { type LogOutputChannel, window } from 'vscode';
import type { Log } from '../core/model/ports';
import { logLine } from './logLines';

export interface LogChannel extends Log {
  /** Opens the log in the Output panel. */
  show(): void;
  dispose(): void;
}

/** A log with this name. The output channel is created with the first entry. */
export function openLog(name: string): LogChannel {
  let opened: LogOutputChannel | undefined;
  const channel = () => (opened ??= window.createOutputChannel(name, { log: true }));
  return {
    info: (message) => channel().info(logLine(message)),
    warn: (message) => channel().warn(logLine(message)),
    show: () => channel().show(),
    dispose: () => opened?.dispose(),
  };
}
