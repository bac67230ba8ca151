import { createHash, createHmac } from 'node:crypto';
import type { Hash } from '../../core/model/ports';

export const nodeHash: Hash = {
  sha256: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex'),
  hmacSha256: (key, text) => createHmac('sha256', key).update(text).digest(),
};
