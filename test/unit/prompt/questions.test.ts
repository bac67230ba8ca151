import assert from 'node:assert/strict';
import { matchPrompt } from '../../../src/prompt/matchPrompt';
import { RecentQuestions } from '../../../src/prompt/recentQuestions';
import type { OfferedPrompt } from '../../../src/prompt/savedPrompts';

const offered = (label: string, from: OfferedPrompt['from'] = 'builtIn'): OfferedPrompt => ({
  name: label,
  label,
  text: label,
  from,
});

describe('what is typed', () => {
  const prompts = [
    offered('Explain More', 'user'),
    offered('Explain'),
    offered('Write Tests'),
    offered('Why does this fail', 'workspace'),
  ];
  const meant: Record<string, string | undefined> = {
    explain: 'Explain',
    ' EXPLAIN ': 'Explain',
    expl: 'Explain More',
    w: 'Write Tests',
    tests: undefined,
    'explain this': undefined,
    why: undefined,
    'why does this fail': 'Why does this fail',
    '': undefined,
    ' ': undefined,
  };
  for (const [typed, label] of Object.entries(meant))
    it(`“${typed}” means ${label ?? 'what it says'}`, () => {
      assert.equal(matchPrompt(typed, prompts)?.label, label);
    });
});

describe('recent questions', () => {
  it('are each there once, the last first, and not without end', () => {
    const recent = new RecentQuestions();
    for (let count = 0; count < 50; count += 1) recent.add(`question ${count}`);
    recent.add('question 40');
    assert.deepEqual(recent.all.slice(0, 3), ['question 40', 'question 49', 'question 48']);
    assert.equal(recent.all.length, 20);
    assert.equal(new Set(recent.all).size, 20);
  });

  it('keep what was left unsent, until it is sent', () => {
    const recent = new RecentQuestions();
    recent.keepDraft('half a question');
    assert.equal(recent.draft, 'half a question');
    recent.keepDraft('');
    assert.equal(recent.draft, 'half a question');
    recent.add('another');
    assert.equal(recent.draft, 'half a question');
    recent.add('half a question');
    assert.equal(recent.draft, undefined);
    recent.keepDraft('another');
    assert.equal(recent.draft, undefined);
    recent.keepDraft('half');
    recent.clearDraft();
    assert.equal(recent.draft, undefined);
  });
});
