// The bytes of pictures and documents: read before anything is sent, and each in its place.
import assert from 'node:assert/strict';
import { type ContentBlock, blobsIn } from '../../../../src/core/model/content';
import { attachmentsIn } from '../../../gateway';
import { gif, jpeg, pdf, png } from '../../gateway/samples';
import { asked, claudeText, closeGatewaysAfterEach, kindOf, openGateway, titanText } from '../../asking';
import { MemoryBlobs, assistant, claudeId, text, toolsNamed, user, ways } from './sending';

const pictures = { png: png(640, 480, 70_001), jpeg: jpeg(), gif: gif() };
const documents = { pdf: pdf(5000) };
const sha256 = (bytes: Uint8Array) => new MemoryBlobs().put(bytes).sha256;

describe('an attachment', () => {
  closeGatewaysAfterEach();

  const blocks = (blobs: MemoryBlobs): readonly ContentBlock[] => [
    blobs.image('png', pictures.png),
    blobs.document('pdf', documents.pdf),
  ];

  it('is nothing for a model that takes one text, and nothing is sent', async () => {
    const gateway = await openGateway();
    for (const model of [claudeText, titanText]) {
      const blobs = new MemoryBlobs();
      for (const block of blocks(blobs)) {
        const messages = [user(block, text('What is it?'))];
        const { reply } = await asked(gateway, { api: 'invoke', model, messages, ports: { blobs } });
        assert.equal(kindOf(reply), 'contentNotSupported');
        assert.ok(reply.outcome?.kind === 'failed');
        assert.equal(reply.outcome.failure.details.subject, block.type);
      }
    }
    assert.equal(gateway.log.length, 0);
  });

  it('that a model does not take is named as the reason', async () => {
    const gateway = await openGateway();
    const blobs = new MemoryBlobs();
    for (const block of blocks(blobs)) {
      const messages = [user(block, text('What is it?'))];
      const { reply } = await asked(gateway, { model: 'stand-in.text-only', messages, ports: { blobs } });
      assert.equal(kindOf(reply), 'contentNotSupported');
      assert.equal(reply.attempts, 1);
    }
  });

  it('that is gone ends the prompt before anything is sent, and is named as the user knows it', async () => {
    const gateway = await openGateway();
    const kept = new MemoryBlobs();
    const other = new MemoryBlobs();
    const gone = {
      'a.png': other.image('png', pictures.png, { name: 'a.png' }),
      gif: other.image('gif', pictures.gif),
      'b.pdf': other.document('pdf', documents.pdf, 'b.pdf'),
    };
    for (const [name, block] of Object.entries(gone))
      for (const asking of Object.values(ways)) {
        const messages = [user(kept.image('jpeg', pictures.jpeg), block, text('What is it?'))];
        for (const ports of [{ blobs: kept }, {}]) {
          const { reply } = await asked(gateway, { ...asking, model: claudeId('tool'), messages, ports });
          assert.equal(kindOf(reply), 'blobMissing');
          assert.ok(reply.outcome?.kind === 'failed');
          const { subject } = reply.outcome.failure.details;
          assert.equal(subject, 'blobs' in ports ? name : 'jpeg');
        }
      }
    assert.equal(gateway.log.length, 0);
  });

  it('that cannot be read ends the prompt as well, without the path of its file', async () => {
    const gateway = await openGateway();
    const error = Object.assign(new Error("EACCES: permission denied, open '/home/me/secret/blob'"), {
      ...{ code: 'EACCES', syscall: 'open', errno: -13, path: '/home/me/secret/blob' },
    });
    const blobs = { read: () => Promise.reject(error) };
    const messages = [user(new MemoryBlobs().image('png', pictures.png, { name: 'a.png' }))];
    const { reply } = await asked(gateway, { messages, ports: { blobs } });
    assert.equal(kindOf(reply), 'blobMissing');
    assert.ok(reply.outcome?.kind === 'failed');
    const { cause, ...told } = reply.outcome.failure;
    assert.doesNotMatch(JSON.stringify(told), /secret/);
    assert.equal(gateway.log.length, 0);
  });

  it('that is still being read does not hold up a stop', async () => {
    const gateway = await openGateway();
    const stopping = new AbortController();
    const blobs = {
      read: () => {
        stopping.abort();
        return new Promise<never>(() => undefined);
      },
    };
    const messages = [user(new MemoryBlobs().image('png', pictures.png))];
    const { reply } = await asked(gateway, { messages, ports: { blobs }, signal: stopping.signal });
    assert.equal(kindOf(reply), 'stopped');
    assert.equal(gateway.log.length, 0);
  });

  it('is in its place among others, however large each is', async () => {
    const sizes = [100, 900_000, 16_383, 16_384, 70_001, 300_000];
    for (const asking of Object.values(ways)) {
      const gateway = await openGateway();
      const blobs = new MemoryBlobs();
      const images = sizes.map((size) => blobs.image('png', png(2, 3, size)));
      const papers = sizes.slice(0, 3).map((size) => blobs.document('pdf', pdf(size)));
      const result = { type: 'toolResult', toolUse: 'u', content: [images[4]!, papers[1]!] } as const;
      const messages = [
        user(images[1]!, papers[0]!, text('"bytes":"AAAA"'), images[1]!, images[0]!),
        assistant({ type: 'toolUse', id: 'u', name: 'read', input: { bytes: 'AAAA' } }),
        user(result, images[2]!, papers[2]!, text('What are they?'), images[3]!, images[5]!),
      ];
      const tools = toolsNamed('read');
      const more = { messages, tools, model: claudeId('tool'), ports: { blobs } };
      assert.equal(kindOf((await asked(gateway, { ...asking, ...more })).reply), 'done');
      assert.deepEqual(
        attachmentsIn(gateway.log[0]!).map((each) => each.sha256),
        blobsIn(messages).map(({ data }) => data.sha256),
      );
      const { headers, body } = gateway.log[0]!;
      assert.equal(Number(headers['content-length']), Buffer.byteLength(body));
    }
  });

  it('is read anew for each attempt of the same bytes', async () => {
    const gateway = await openGateway();
    const blobs = new MemoryBlobs();
    const messages = [user(blobs.image('png', pictures.png), text('What is it?'))];
    const { reply } = await asked(gateway, {
      ...{ model: 'stand-in.unavailable-twice', messages, ports: { blobs } },
    });
    assert.equal(kindOf(reply), 'done');
    const sent = gateway.log.map((entry) => attachmentsIn(entry)[0]?.sha256);
    assert.deepEqual(sent, Array(3).fill(sha256(pictures.png)));
  });
});
