// What comes after a prompt has left is not taken for what comes before: it may have been charged.
import assert from 'node:assert/strict';
import { classify } from '../../../../src/core/failures/classify';
import { retryPolicy } from '../../../../src/core/retryPolicy';
import { prepared } from '../../asking';

const { request } = prepared({ url: 'http://127.0.0.1:9' });
const response = { status: 200, contentType: 'application/vnd.amazon.eventstream', requestIds: {} };
const plan = { streams: true, colon: 'encoded', clockOffset: 0 } as const;
const again = (failure: Parameters<typeof retryPolicy>[0]) =>
  retryPolicy(failure, { plan, retries: [], hasVisibleText: false, now: 0 }, request)?.because;

describe('a network that is gone', () => {
  for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTDOWN']) {
    const error = (syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });

    it(`is tried again when it was so before there was a connection (${code})`, () => {
      const failure = classify(error('connect'), {}, request);
      assert.equal(failure.kind, 'networkUnreachable');
      assert.equal(again(failure), 'offline');
    });

    it(`is a connection that was lost in the middle of one, and no reason to send again (${code})`, () => {
      for (const seen of [{}, { response }]) {
        const failure = classify(error('read'), seen, request);
        assert.equal(failure.kind, 'connectionLost');
        assert.equal(again(failure), undefined);
      }
    });
  }
});

describe('an error frame of a name that nobody knows', () => {
  for (const words of [
    'Invalid message: header value too long',
    'The checksum is odd',
    'Truncated event message received',
  ]) {
    it(`is no damaged stream, whatever its words: ${words}`, () => {
      const frame = Object.assign(new Error(words), { name: 'badThingException' });
      assert.equal(classify(frame, { response }, request).kind, 'awsError');
      const failure = classify(frame, { response, hasVisibleText: true }, request);
      assert.equal(failure.kind, 'streamException');
      assert.equal(failure.details.message, words);
      assert.equal(again(failure), undefined);
    });
  }
});
