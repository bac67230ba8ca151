// What an error says, out of every shape in which somebody is known to write one.
import assert from 'node:assert/strict';
import { readProviderError } from '../../../../src/core/failures/providerMessage';

type Case = readonly [body: unknown, message: string, names?: readonly string[]];

const cases: Readonly<Record<string, Case>> = {
  "AWS's JSON": [{ message: 'No.' }, 'No.'],
  "AWS's older JSON": [{ Message: 'No.' }, 'No.'],
  "AWS's JSON with a type": [
    { __type: 'com.amazon.coral.service#AccessDeniedException:http://x/', message: 'No.' },
    'No.',
    ['AccessDeniedException'],
  ],
  "AWS's JSON of a model's error": [{ originalStatusCode: 500, originalMessage: 'It broke.' }, 'It broke.'],
  "Claude's": [
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'Overloaded',
    ['overloaded_error'],
  ],
  "OpenAI's": [
    {
      error: {
        message: 'Too long',
        type: 'invalid_request_error',
        param: null,
        code: 'context_length_exceeded',
      },
    },
    'Too long',
    ['context_length_exceeded', 'invalid_request_error'],
  ],
  "OpenAI's without a code": [{ error: { message: 'No.', type: 'tokens', code: null } }, 'No.', ['tokens']],
  "OpenAI's with a number": [{ error: { message: 'No.', type: null, code: 429 } }, 'No.'],
  "vLLM's": [
    { object: 'error', message: 'No.', type: 'BadRequestError', code: 400 },
    'No.',
    ['BadRequestError'],
  ],
  "Google's": [
    { error: { code: 429, message: 'Exhausted.', status: 'RESOURCE_EXHAUSTED' } },
    'Exhausted.',
    ['RESOURCE_EXHAUSTED'],
  ],
  "Cohere's": [
    { message: 'too many tokens: 9', error: { internal_code: 'context_length_exceeded' } },
    'too many tokens: 9',
    ['context_length_exceeded'],
  ],
  "Mistral's of a body": [
    { object: 'error', message: { detail: [{ loc: ['body'], msg: 'field required', type: 'value_error' }] } },
    'field required',
    ['value_error'],
  ],
  "FastAPI's": [{ detail: 'Not here.' }, 'Not here.'],
  "FastAPI's list": [{ detail: [{ loc: [], msg: 'Bad.', type: 'missing' }] }, 'Bad.', ['missing']],
  "Writer's": [{ tpe: 'x', errors: [{ key: 'k', description: 'Bad.' }], extras: {} }, 'Bad.'],
  "Qwen's": [{ code: 'InvalidParameter', message: 'Bad.', request_id: 'r' }, 'Bad.', ['InvalidParameter']],
  'a problem of RFC 9457': [
    { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'Why.' },
    'Why.',
  ],
  'a problem with a title alone': [{ title: 'Bad Request', status: 400 }, 'Bad Request'],
  "OAuth's": [{ error: 'invalid_token', error_description: 'It ended.' }, 'It ended.', ['invalid_token']],
  'an error that is a sentence': [{ error: 'Something else.' }, 'Something else.'],
  'a list of errors': [{ errors: [{ message: 'First.' }, { message: 'Second.' }] }, 'First.'],
  'a list of sentences': [{ errors: ['First.'] }, 'First.'],
  'a list': [[{ error: { message: 'First.' } }], 'First.'],
  'a JSON text': ['"No."', 'No.'],
  'JSON in JSON': [
    { message: JSON.stringify({ error: { message: 'Inner.', type: 'api_error' } }) },
    'Inner.',
    ['api_error'],
  ],
  'JSON after a sentence': [
    {
      message:
        'The model returned the following errors: {"error":{"code":"validation_error","message":"Inner."}}',
    },
    'Inner.',
    ['validation_error'],
  ],
  'JSON that is cut after a sentence': [
    { message: 'The model returned the following errors: {"error":{"code":"valid' },
    'The model returned the following errors',
  ],
  'a sentence that quotes JSON': [
    { message: 'Value \'{"a":1}\' at x failed to satisfy constraint' },
    'Value \'{"a":1}\' at x failed to satisfy constraint',
  ],
  'a sentence with brackets': [
    { message: 'extraneous key [top_k] is not permitted' },
    'extraneous key [top_k] is not permitted',
  ],
  'a sentence that begins with a bracket': [{ message: '[400 Bad Request] No.' }, '[400 Bad Request] No.'],
  'pieces of JSON': [['{', '["'], ''],
  'a number in the place of a sentence': [{ message: 7, error: { message: 'No.' } }, 'No.'],
  nothing: ['', ''],
  'an empty object': [{}, ''],
  null: ['null', ''],
  'a number': ['42', ''],
  'JSON that is cut': ['{"message":"The mod', ''],
  text: ['upstream connect error', 'upstream connect error'],
  'bytes that are no text': ['\ufffd\u0000\u001f', ''],
  'XML without content': ['<UnknownOperationException/>', '', ['UnknownOperationException']],
  'XML of an exception': [
    '<?xml version="1.0"?>\n<AccessDeniedException xmlns="http://x/">\n <Message>You don&apos;t.</Message></AccessDeniedException>',
    'You don’t.',
    ['AccessDeniedException'],
  ],
  'XML of a query API': [
    '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate &lt;1&gt;</Message></Error></ErrorResponse>',
    'Rate <1>',
    ['Throttling'],
  ],
  'XML with a namespace and CDATA': [
    '<s:Fault><s:Code>Bad</s:Code><s:Message><![CDATA[No.]]></s:Message></s:Fault>',
    'No.',
    ['Bad'],
  ],
  'a page': ['<!doctype html><title>Error</title><h1>Message</h1>', ''],
  'a piece of a page': ['<h1>Squid</h1>', ''],
};

describe('what an error says', () => {
  for (const [what, [body, message, names = []]] of Object.entries(cases))
    it(`is read out of ${what}`, () => {
      const said = readProviderError(typeof body === 'string' ? body : JSON.stringify(body));
      assert.equal(said.message, message);
      assert.deepEqual(said.names, names);
    });

  it('is not searched for deeper than anybody puts it', () => {
    assert.equal(readProviderError('['.repeat(5000) + ']'.repeat(5000)).message, '');
    const written = '{"error":'.repeat(50) + '{"message":"Deep."}' + '}'.repeat(50);
    assert.equal(readProviderError(written).message, '');
  });
});
