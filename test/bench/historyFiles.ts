// Histories for benches: conversations like those of a year of work.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { entryLine, promptEntry, replyEntry } from '../../src/history/entries';
import { HistoryDirectory } from '../../src/history/directory';
import { textBlock } from '../../src/core/model/content';
import { frozen } from '../../src/core/model/request';
import { newReply } from '../../src/core/model/reply';
import { prepared } from '../unit/asking';
import { markdownDeltas } from './replyMarkdown';

const { request: sample } = prepared({ url: 'https://gateway.example/v1/account/gateway' });
const minute = 60_000;

/** Writes so many conversations of about `length` characters, each with two turns. `now`: ms since the epoch. */
export async function writeHistory(
  directory: string,
  { count, length, now }: { readonly count: number; readonly length: number; readonly now: number },
): Promise<void> {
  const files = new HistoryDirectory(directory);
  await mkdir(path.dirname(files.conversation('x')), { recursive: true });
  const text = markdownDeltas(Math.ceil(length / 20)).join('');
  for (let number = 0; number < count; number += 1) {
    const conversation = `conversation-${number}`;
    const lines = [0, 1].flatMap((turn) => {
      const at = now - number * 37 * minute + turn * minute;
      const request = frozen({
        ...sample,
        ...{ id: `${conversation}-${turn}`, conversation },
        ...(turn > 0 && { parent: `${conversation}-0` }),
        messages: [
          { role: 'user' as const, content: [textBlock(`Question ${number}: how does part ${turn} work?`)] },
        ],
      });
      const reply = {
        ...newReply(at),
        text: number % 500 === 0 ? `${text}\nA needle in it.` : text,
        endedAt: at + 3000,
        outcome: { kind: 'done' as const, stopReason: 'end_turn' },
      };
      return [
        entryLine(promptEntry(request, at)),
        entryLine(replyEntry({ request, reply })),
        entryLine({ type: 'cost', turn: request.id, usd: 0.0012 }),
      ];
    });
    await writeFile(files.conversation(conversation), `${lines.join('\n')}\n`);
  }
}
