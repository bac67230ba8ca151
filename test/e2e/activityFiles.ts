// Where a scene's VS Code keeps the record of requests.
import path from 'node:path';
import type { Scene } from './scene';

export function activityOf({ workbench }: Scene): string {
  const ours = ['globalStorage', 'bedrock-gateway.bedrock-gateway', 'activity'];
  return path.join(workbench.dataDirectory, 'data', 'User', ...ours);
}
