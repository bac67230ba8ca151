// Where a scene's VS Code keeps what the extension stores.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Scene } from './scene';
import type { Workbench } from './workbench';

/** The extension's global storage. */
export function storageOf({ dataDirectory }: Workbench): string {
  return path.join(dataDirectory, 'data', 'User', 'globalStorage', 'bedrock-gateway.bedrock-gateway');
}

/** The record of requests. */
export function activityOf({ workbench }: Scene): string {
  return path.join(storageOf(workbench), 'activity');
}

/** The histories of the workspaces that were opened. */
export function historiesOf({ dataDirectory }: Workbench): readonly string[] {
  const all = path.join(dataDirectory, 'data', 'User', 'workspaceStorage');
  return readdirSync(all).map((workspace) =>
    path.join(all, workspace, 'bedrock-gateway.bedrock-gateway', 'history'),
  );
}
