// A prompt that is too long, in the words of each who says so: none of them has a name for it.
import assert from 'node:assert/strict';
import { awsFailure } from '../../../../src/core/failures/aws';
import { readAnswer } from '../../../../src/core/gateway/answer';

const said: readonly string[] = [
  'Input is too long for requested model.',
  'prompt is too long: 208310 tokens > 200000 maximum',
  'input length and `max_tokens` exceed context limit: 198981 + 4096 > 200000, decrease input length or `max_tokens` and try again',
  '400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9101',
  'Malformed input request: #/inputText: expected maxLength: 42000, actual: 52000, please reformat your input and try again.',
];

describe('a prompt that is too long', () => {
  for (const message of said)
    it(`is known by “${message.slice(0, 40)}…”`, () => {
      const answer = readAnswer(400, { 'x-amzn-errortype': 'ValidationException' }, 0);
      assert.equal(awsFailure(answer, { message }).kind, 'promptTooLong');
    });

  it('is not what a field of the body that is wrong is taken for', () => {
    const answer = readAnswer(400, { 'x-amzn-errortype': 'ValidationException' }, 0);
    const message = 'Malformed input request: #: extraneous key [top_k] is not permitted, please reformat';
    assert.equal(awsFailure(answer, { message }).kind, 'requestInvalid');
  });
});
