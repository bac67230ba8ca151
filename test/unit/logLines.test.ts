import assert from 'node:assert/strict';
import { type FailureKind, failure, stageOf } from '../../src/core/model/failure';
import { type Outcome, newReply } from '../../src/core/model/reply';
import { textBlock } from '../../src/core/model/content';
import { endedLine } from '../../src/engine/endedLine';
import { logLine, sentLine } from '../../src/ui/logLines';
import { prepared } from './asking';

const canary = 'canary-of-prompt-and-reply';
const logId = '01JADAMX0V3Q8VVV5Z7Q9W8E2R';

describe('the log', () => {
  const { request } = prepared(
    { url: 'https://gateway.ai.cloudflare.com/v1/account/gateway' },
    {
      messages: [{ role: 'user', content: [textBlock(canary)] }],
      parameters: { systemPrompt: canary, stopSequences: [canary], additionalFields: { canary } },
      gateway: { metadata: { canary } },
    },
  );
  const reply = { ...newReply(0), text: canary, reasoning: canary, requestIds: { logId } };
  const failures = (Object.keys(stageOf) as FailureKind[]).map((kind) =>
    failure(
      kind,
      { status: 400, code: 'ThrottlingException', message: canary },
      { cause: new Error(canary) },
    ),
  );
  const quoting = failure('awsError', { status: 500, code: `Say ${canary}\nand more` });
  const outcomes: Outcome[] = [
    { kind: 'done', stopReason: 'end_turn' },
    { kind: 'stopped' },
    { kind: 'done', stopReason: `${canary} in words` },
    { kind: 'failed', failure: quoting },
    ...failures.flatMap((each): Outcome[] => [
      { kind: 'failed', failure: each },
      { kind: 'cut', failure: each },
      { kind: 'blocked', failure: each },
    ]),
  ];

  it('holds no word of prompt or reply, whatever happens', () => {
    const lines = [sentLine(request), ...outcomes.map((outcome) => endedLine({ request, reply }, outcome))];
    assert.deepEqual(
      lines.filter((line) => line.includes(canary)),
      [],
    );
  });

  it('tells where a prompt went, how it ended, and where to find it', () => {
    assert.match(
      sentLine(request),
      /request: ask → global\.anthropic\.\S+ in us-east-1 by gateway\.ai\.cloudflare\.com/,
    );
    const ended = endedLine({ request, reply }, { kind: 'failed', failure: failures[0]! });
    assert.match(ended, new RegExp(`failed: promptEmpty 400 ThrottlingException, .*, ${logId}$`));
  });

  it('tells of a word that is not known, and of an ID that is not its issuer’s, that there was another', () => {
    const requestIds = { logId: 'canary', ray: '8c1d2e3f4a5b6c7d-LHR', awsRequestId: canary };
    const ended = (outcome: Outcome) => endedLine({ request, reply: { ...reply, requestIds } }, outcome);
    assert.match(ended(outcomes[2]!), /: done \(other\), .*, other 8c1d2e3f4a5b6c7d-LHR other$/);
    assert.match(ended(outcomes[3]!), /: failed: awsError 500 other, /);
  });
});

describe('a line of the log', () => {
  const forged = '2026-01-01 00:00:00.000 [info] all is well';
  for (const end of ['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\x1b[1A', '\u202e'])
    it(`is one, though a name in it has ${JSON.stringify(end)}`, () => {
      const line = logLine(`profile a${end}${forged}: not refreshed`);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.match(line, /^profile a.*: not refreshed$/);
    });

  it('is bounded', () => {
    assert.ok(logLine('x'.repeat(1_000_000)).length <= 4000);
  });
});
