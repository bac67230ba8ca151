// What a check tells whose part cannot be loaded: an end, like any other.
import assert from 'node:assert/strict';
import { eventsOf } from '../../../src/check/eventsOf';
import { check } from '../../../src/core/check/check';
import { type CheckEvent, reduceReport, newReport } from '../../../src/core/check/report';
import { closeGatewaysAfterEach, openGateway, prepared } from '../asking';
import { endOf } from '../core/check/checking';

describe('the events of a check', () => {
  closeGatewaysAfterEach();

  async function told(asking: Parameters<typeof eventsOf>[0]) {
    const { request } = prepared(await openGateway());
    const events: CheckEvent[] = [];
    let report = newReport(0, {});
    for await (const event of eventsOf(asking, request, new AbortController().signal)) {
      events.push(event);
      report = reduceReport(report, event, 0);
    }
    return { events, report };
  }

  it('end, and name the part that cannot be loaded', async () => {
    const ended = await told(() => Promise.reject(new Error('no such file')));
    assert.equal(endOf(ended), 'settings: partNotLoaded');
    assert.equal(ended.report.outcome, 'failed');
    assert.equal(ended.report.stages.settings.failure?.details.message, 'Error: no such file');
    assert.equal(ended.report.stages.connection.state, 'notReached');
  });

  it('are those of check() where it is loaded', async () => {
    const { ports } = prepared(await openGateway());
    const ended = await told(() =>
      Promise.resolve({ check: (request, signal) => check(request, ports, signal) }),
    );
    assert.equal(endOf(ended), 'passed');
    assert.equal(ended.events.filter(({ type }) => type === 'ended').length, 1);
  });
});
