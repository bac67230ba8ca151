// The host half of the composer: where a typed prompt goes.
import assert from 'node:assert/strict';
import { Conversations } from '../../src/conversation/conversations';
import { Drafts } from '../../src/conversation/drafts';
import type { ReplyEvent } from '../../src/core/model/reply';
import { type Request, promptOf } from '../../src/core/model/request';
import { Composer } from '../../src/prompt/composer';
import { buildRequest } from '../../src/prompt/requestBuilder';
import { until } from '../limits';
import { prepared } from '../unit/asking';

const done: ReplyEvent = { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } };
const { target, parameters, gateway, authentication } = prepared({
  url: 'https://gateway.example/v1/account/gateway',
}).request;
const config = { target, parameters, gateway, authentication };

describe('a typed prompt', () => {
  it('that is queued while questions about the one before are open follows that one', async () => {
    const answers: ((isSent: boolean) => void)[] = [];
    const ends: (() => void)[] = [];
    const requests: Request[] = [];
    async function* ask(request: Request): AsyncGenerator<ReplyEvent, void> {
      requests.push(request);
      yield { type: 'text', text: 'A reply.' };
      await new Promise<void>((resolve) => ends.push(resolve));
      yield done;
    }
    const onError = (error: unknown) => assert.fail(String(error));
    const conversations = new Conversations(() => Promise.resolve({ ask, endedLine: () => '' }), {
      info: () => undefined,
    });
    const drafts = new Drafts({ files: () => undefined, onError });
    const composer = new Composer({
      ...{ conversations, drafts, queueName: () => 'Queue' },
      report: (_, error) => onError(error),
      sender: {
        send: async (input) => {
          const isSent = await new Promise<boolean>((resolve) => answers.push(resolve));
          if (isSent) void conversations.send(buildRequest(input, config));
          return isSent;
        },
        resend: () => Promise.resolve(),
      },
    });
    try {
      const first = composer.submit('one', 'First.');
      await composer.submit('one', 'Second.');
      assert.deepEqual(
        drafts.get('one').queue.map(({ text }) => text),
        ['Second.'],
      );
      answers.shift()?.(true);
      await first;
      await until(() => ends.length > 0, 'the first is answered');
      assert.deepEqual(requests.map(promptOf), ['First.']);
      ends.shift()?.();
      await until(() => answers.length > 0, 'the second is about to be sent');
      answers.shift()?.(true);
      await until(() => ends.length > 0, 'the second is answered');
      assert.deepEqual(requests.map(promptOf), ['First.', 'Second.']);
      assert.equal(requests[1]?.parent, requests[0]?.id);
      assert.deepEqual(drafts.get('one').queue, []);
    } finally {
      ends.forEach((end) => end());
      for (const part of [composer, drafts, conversations]) part.dispose();
    }
  });
});
