// The log: one line for each thing that is said, whatever names and messages of others are in it.
import { type LogOutputChannel, window } from 'vscode';
import type { Log } from '../core/model/ports';
import { logLine } from './logLines';

export interface LogChannel extends Log {
  /** Brings it to the front. */
  show(): void;
  dispose(): void;
}

/** The output channel of that name, made when there is something to say. */
export function openLog(name: string): LogChannel {
  let made: LogOutputChannel | undefined;
  const channel = () => (made ??= window.createOutputChannel(name, { log: true }));
  return {
    info: (message) => channel().info(logLine(message)),
    warn: (message) => channel().warn(logLine(message)),
    show: () => channel().show(),
    dispose: () => made?.dispose(),
  };
}
