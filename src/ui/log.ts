// The log channel. Each entry is one line, so that names and messages from outside cannot forge entries.
import { type LogOutputChannel, window } from 'vscode';
import type { Log } from '../core/model/ports';
import { logLine } from './logLines';

export interface LogChannel extends Log {
  /** Opens the log in the Output panel. */
  show(): void;
  dispose(): void;
}

/** A log with this name. The output channel is created with the first entry; none is written after `dispose`. */
export function openLog(name: string): LogChannel {
  let opened: LogOutputChannel | undefined;
  let isDisposed = false;
  const channel = () => (opened ??= window.createOutputChannel(name, { log: true }));
  return {
    info: (message) => isDisposed || channel().info(logLine(message)),
    warn: (message) => isDisposed || channel().warn(logLine(message)),
    show: () => channel().show(),
    dispose: () => {
      isDisposed = true;
      opened?.dispose();
    },
  };
}
