// What a test learns of the blocks that the gateway got, and what the standard reply says about them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { attachmentsIn, decodedBody, type Gateway, startGateway } from '../../gateway/index.js';
import { failureOf, sdkClient } from './clients.js';
import { pdf, png } from './samples.js';
import { claudeId, type Said, ways } from './ways.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('what the gateway got', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  afterEach(() => gateway.close());

  const picture = png(4, 5, 3000);
  const messages: Said[] = [
    {
      role: 'user',
      content: [
        { text: 'Look at `this`' },
        { image: { format: 'png', source: { bytes: picture } } },
        { document: { format: 'pdf', name: 'Document 1', source: { bytes: pdf() } } },
      ],
    },
  ];
  const bytesOf = (bytes: Buffer) => ({ length: bytes.length, sha256: sha256(bytes) });

  for (const [name, way] of Object.entries(ways)) {
    it(`is told from the log, byte for byte, by ${name}`, async () => {
      await way(sdkClient(gateway), 'anthropic.claude-sonnet-5', { messages });
      const isConverse = name.startsWith('Converse');
      assert.deepEqual(attachmentsIn(gateway.log[0]!), [
        {
          ...{ path: 'messages.0.content.1', kind: 'image', format: isConverse ? 'png' : 'image/png' },
          ...{ name: undefined, ...bytesOf(picture) },
        },
        {
          ...{
            path: 'messages.0.content.2',
            kind: 'document',
            format: isConverse ? 'pdf' : 'application/pdf',
          },
          ...{ name: 'Document 1', ...bytesOf(pdf()) },
        },
      ]);
    });
    it(`is listed in the standard reply by ${name}`, async () => {
      const asked = { messages, tools: ['read', 'write'] };
      const { content } = await way(sdkClient(gateway), 'anthropic.claude-sonnet-5', asked);
      const text = content.map(({ text: part }) => String(part)).join('');
      assert.ok(
        text.includes('| image | png | 3000 | 4 × 5 pixels |\n| document | pdf | 9 | `Document 1` |'),
        text,
      );
      assert.ok(text.includes('- Tools offered: `read`, `write`'), text);
      assert.match(text, /## What came, word for word\n\n```+\nLook at `this`\n```/);
    });
  }

  it('is told in blocks, also inside tool results and of thinking', async () => {
    const way = ways['Converse']!;
    const asked: Said[] = [{ role: 'user', content: [{ text: 'call read {}' }] }];
    const { content } = await way(sdkClient(gateway), claudeId('thinks-redacted'), {
      messages: asked,
      tools: ['read'],
    });
    const { toolUseId } = content.at(-1)!['toolUse'] as { toolUseId: string };
    const image = { image: { format: 'png', source: { bytes: picture } } };
    const toolResult = { toolUseId, content: [image] };
    const replayed: Said[] = [
      ...asked,
      { role: 'assistant', content },
      { role: 'user', content: [{ toolResult }] },
    ];
    await way(sdkClient(gateway), claudeId('thinks-redacted'), { messages: replayed, tools: ['read'] });
    const { messages: got } = decodedBody(gateway.log[1]!) as {
      messages: { content: Record<string, { redactedContent?: object; content?: unknown }>[] }[];
    };
    const redacted = (content[0]!['reasoningContent'] as { redactedContent: Uint8Array }).redactedContent;
    assert.deepEqual(
      got[1]!.content[0]!['reasoningContent']!.redactedContent,
      bytesOf(Buffer.from(redacted)),
    );
    assert.deepEqual(got[2]!.content[0]!['toolResult']!.content, [
      { image: { format: 'png', source: { bytes: bytesOf(picture) } } },
    ]);
    assert.deepEqual(
      attachmentsIn(gateway.log[1]!).map(({ path }) => path),
      ['messages.2.content.0.toolResult.content.0'],
    );
  });

  it('is told of a request that was refused', async () => {
    const way = ways['Converse']!;
    const content = [{ image: { format: 'jpeg', source: { bytes: picture } } }];
    await failureOf(way(sdkClient(gateway), 'x', { messages: [{ role: 'user', content }] }));
    assert.deepEqual(
      attachmentsIn(gateway.log[0]!).map(({ sha256: hash }) => hash),
      [sha256(picture)],
    );
  });
});
