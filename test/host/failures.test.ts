// The table of docs/failures.md against the words of the panel. WRITE_DOCS=1 writes it anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { adviceFor, remedyLabel, remediesFor } from '../../src/advice/advice';
import { type FailureKind, failure, stageOf } from '../../src/core/model/failure';
import { project } from '../vscode/project';
import type { Budget } from '../../src/core/model/failureDetails';
import { failureTable } from './failureTable';

const file = path.join(project, 'docs', 'failures.md');
const between = /(<!-- failures -->\n)[^]*?(<!-- \/failures -->)/;

describe('the advice', () => {
  it('stands in docs/failures.md as the panel says it', () => {
    const text = readFileSync(file, 'utf8');
    const generated = text.replace(
      between,
      (_, before: string, after: string) => `${before}\n${failureTable()}\n\n${after}`,
    );
    if (process.env['WRITE_DOCS']) writeFileSync(file, generated);
    else assert.equal(text, generated);
    assert.match(text, between);
  });

  it('has a title, a sentence and labels for every kind, and never the same button twice', () => {
    for (const kind of Object.keys(stageOf) as FailureKind[]) {
      const facts = { host: 'h', model: 'amazon.nova-pro-v1:0', region: 'us-east-1' };
      const labels = remediesFor(failure(kind, facts), false).map(remedyLabel);
      assert.equal(new Set(labels).size, labels.length, kind);
      assert.ok(
        labels.every((label) => label && !/\{\d\}/.test(label)),
        kind,
      );
    }
  });

  it('says nothing of a firewall or of the token where Policies or Access decide, and never to send again', () => {
    const kinds = [
      'gatewayPolicyDenied',
      'gatewayBudgetUsedUp',
      'gatewaySpendLimited',
      'gatewayAccessDenied',
      'gatewayBehindAccess',
    ] as const;
    for (const kind of kinds) {
      const failed = failure(kind, { host: 'h', model: 'm' }, { retryAfter: 1000 });
      const { title, sentence } = adviceFor(failed);
      assert.doesNotMatch(`${title} ${sentence}`, /firewall|\btoken\b/i, kind);
      assert.ok(!remediesFor(failed, false).includes('sendAgain'), kind);
    }
  });

  it('leads to Converse where Claude’s own body has no place for a document', () => {
    for (const subject of ['doc', 'docx', 'xls', 'xlsx']) {
      const failed = failure('contentNotSupported', { model: 'Model X', subject });
      const { sentence, setting } = adviceFor(failed);
      assert.match(sentence, /^Nothing was sent\. .* Word .* Converse .*request\.api/);
      assert.deepEqual(remediesFor(failed, false), ['useConverse', 'openSettings']);
      assert.equal(setting, 'request.api');
    }
    const other = failure('contentNotSupported', { model: 'Model X', subject: 'image' });
    assert.match(adviceFor(other).sentence, /doesn’t take pictures\. Choose another model/);
  });

  it('offers no setting and no permission where none mends it', () => {
    const kinds = [
      'modelNotForAccount',
      'modelNotInCountry',
      'dataRetentionUnsuitable',
      'promptCachingNotAllowed',
      'paymentMethodInvalid',
    ] as const;
    for (const kind of kinds) {
      const failed = failure(kind, { model: 'm', region: 'us-east-1' });
      const { title, sentence } = adviceFor(failed);
      assert.doesNotMatch(`${title} ${sentence}`, /IAM|bedrock:/, kind);
      assert.ok(!remediesFor(failed, false).includes('openSettings'), kind);
    }
  });

  it('tells of a budget what was spent of it, and when it resets', () => {
    const said = (budget: Budget, retryAfter?: number) =>
      adviceFor(failure('gatewayBudgetUsedUp', { budget }, { retryAfter })).sentence;
    assert.match(said({ spent: 1000.42, limit: 1000 }), /^\$1,000\.42 of \$1,000\.00 has been spent\. /);
    assert.match(said({}), /^Cloudflare does not say when it resets/);
    assert.match(said({ window: 'week' }), /^It resets every Monday at 00:00 UTC\. /);
    assert.match(said({ limit: 5, window: 'month' }), /^The limit is \$5\.00\. It resets on the first day/);
    assert.match(said({ window: 'month', resetsAt: Date.UTC(2026, 10, 15) }), /^It resets at .*2026/);
    assert.match(said({}, 90_000), /^It resets in 90 s\. /);
  });

  it('offers the inference profile that fits the region, and a successor', () => {
    const labels = (kind: FailureKind, model: string, region: string) =>
      remediesFor(failure(kind, { model, region }), false).map(remedyLabel);
    assert.deepEqual(labels('modelNeedsInferenceProfile', 'amazon.nova-pro-v1:0', 'us-east-1').slice(0, 2), [
      'Use us.amazon.nova-pro-v1:0',
      'Select Model…',
    ]);
    assert.equal(
      labels('modelRetired', 'eu.anthropic.claude-3-7-sonnet-20250219-v1:0', 'eu-west-1')[0],
      'Use eu.anthropic.claude-sonnet-5-5',
    );
  });
});
